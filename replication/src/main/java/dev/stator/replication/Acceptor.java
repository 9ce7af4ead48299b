package dev.stator.replication;

import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The acceptor of one replica: what it has promised and accepted, what of that is on disk, what is
 * committed, and whom it follows.
 *
 * <p>Promises, grants and acceptances leave only after their fsync: an answer waits until every
 * record that was written before it is durable. State in memory runs ahead of the disk; a crash
 * forgets only what nobody was told.
 */
final class Acceptor {
    private final GroupId group;
    private final NodeId self;
    private final boolean recovered;
    private final Limits limits;
    private final Leases leases;
    private final GroupPort port;

    private Ballot promised;
    private final ReplicaLog log;
    private long committedLsn;
    private long deliveredLsn;
    private long flushedLsn;

    /**
     * The ballot of the leader that this replica follows, or leads in; NONE where it knows no
     * leader.
     */
    private Ballot leaderBallot = Ballot.NONE;

    /** The run of its owner that leads in {@link #leaderBallot} or {@link #countedIn}. */
    private long leaderIncarnation;

    /**
     * The ballot for which this replica counts the group into its grant to the ballot's owner, or
     * NONE.
     */
    private Ballot countedIn = Ballot.NONE;

    /** The store's content is void until a snapshot is installed. */
    private boolean storeLost;

    private long recordsIssued;
    private long recordsPersisted;
    private final ArrayDeque<Deferred> deferred = new ArrayDeque<>();

    /** A message that leaves when the record is durable. */
    private record Deferred(long record, NodeId to, GroupMessage message) {}

    Acceptor(
            GroupId group,
            RecoveredReplica durable,
            boolean recovered,
            Limits limits,
            Leases leases,
            GroupPort port) {
        this.group = group;
        this.self = leases.self();
        this.recovered = recovered;
        this.limits = limits;
        this.leases = leases;
        this.port = port;
        this.promised = durable.promised();
        this.log = durable.log();
        this.committedLsn = log.baseLsn();
        this.deliveredLsn = log.baseLsn();
    }

    /**
     * Tells what the store holds at the start. It may be ahead of the log: an entry can be
     * committed by the others and flushed by the store before this replica's own record of it is
     * durable. What is applied is committed, so the log then goes on above it.
     */
    void startFrom(long appliedLsn, Ballot appliedBallot) {
        Invariants.check(
                appliedLsn >= log.baseLsn(),
                "the store lacks what the log has cut",
                appliedLsn,
                log.baseLsn());
        if (appliedLsn > log.lastLsn() || !log.ballotAt(appliedLsn).equals(appliedBallot)) {
            log.restartAt(appliedLsn, appliedBallot);
            persist(new GroupRecord.Checkpoint(promised, appliedLsn, appliedBallot, List.of()));
        }
        committedLsn = appliedLsn;
        deliveredLsn = appliedLsn;
        flushedLsn = appliedLsn;
    }

    /** The store was filled up to this entry by a snapshot, durably; the log goes on above it. */
    void installed(long lsn, Ballot ballot) {
        if (lsn <= log.lastLsn() && lsn >= log.baseLsn() && log.ballotAt(lsn).equals(ballot)) {
            log.trimTo(lsn);
        } else {
            log.restartAt(lsn, ballot);
        }
        storeLost = false;
        checkpoint();
        committedLsn = Math.max(committedLsn, lsn);
        deliveredLsn = lsn;
        flushedLsn = lsn;
        deliver();
    }

    /** What the store held is gone: nothing of it counts as flushed any more. */
    void loseStore() {
        storeLost = true;
        flushedLsn = 0;
    }

    /** Tells the leader that is followed, if any, that only a snapshot helps. */
    void tellStoreLost() {
        if (!leaderBallot.equals(Ballot.NONE) && leaderBallot.equals(promised)) {
            port.send(
                    leaderBallot.owner(),
                    new GroupMessage.Behind(leaderBallot, GroupMessage.Behind.NOWHERE, 0));
        }
    }

    Limits limits() {
        return limits;
    }

    boolean storeLost() {
        return storeLost;
    }

    Ballot promised() {
        return promised;
    }

    ReplicaLog log() {
        return log;
    }

    long committedLsn() {
        return committedLsn;
    }

    long flushedLsn() {
        return flushedLsn;
    }

    Ballot leaderBallot() {
        return leaderBallot;
    }

    boolean hearsLeader(long nowNanos) {
        return !leaderBallot.equals(Ballot.NONE)
                && leases.hears(leaderBallot.owner(), leaderIncarnation, nowNanos);
    }

    /** Whether the leader is heard, and has answered what it was sent, within a lease. */
    boolean exchangesWithLeader(long nowNanos) {
        return !leaderBallot.equals(Ballot.NONE)
                && leases.holdsGrantOf(leaderBallot.owner(), leaderIncarnation, nowNanos);
    }

    // ---- Durability

    void persist(GroupRecord record) {
        recordsIssued++;
        port.persist(record);
    }

    /** Sends the message when all records written so far are durable. */
    void sendWhenDurable(NodeId to, GroupMessage message) {
        if (recordsPersisted == recordsIssued && !to.equals(self)) {
            port.send(to, message);
        } else {
            deferred.add(new Deferred(recordsIssued, to, message));
        }
    }

    boolean awaitsDisk() {
        return recordsPersisted < recordsIssued || !deferred.isEmpty();
    }

    void onPersisted(long records) {
        Invariants.check(
                records <= recordsIssued,
                "a record became durable that was not written",
                records,
                recordsIssued);
        recordsPersisted = Math.max(recordsPersisted, records);
    }

    /**
     * Sends the next message that was waiting for the disk, or gives it back if it is for this
     * replica itself: a leader is its own acceptor, too.
     *
     * @return the message to self, or null where nothing more is due
     */
    @Nullable GroupMessage nextDurableToSelf() {
        for (Deferred next = deferred.peek(); next != null; next = deferred.peek()) {
            if (next.record > recordsPersisted) {
                return null;
            }
            deferred.remove();
            // What was accepted in a ballot below the present promise is not confirmed any more.
            boolean stale =
                    next.message instanceof GroupMessage.Accepted
                            && promised.isAbove(next.message.ballot());
            if (next.to.equals(self)) {
                if (!stale) {
                    return next.message;
                }
            } else if (!stale) {
                port.send(next.to, next.message);
            }
        }
        return null;
    }

    void checkpoint() {
        persist(new GroupRecord.Checkpoint(promised, log.baseLsn(), log.baseBallot(), log.all()));
    }

    // ---- Phase 1

    /**
     * Whether a lease that this replica granted, or may have granted before a restart, forbids a
     * promise now.
     */
    boolean boundByLease(NodeId candidate, long nowNanos) {
        if (recovered && leases.silent(nowNanos)) {
            return true;
        }
        NodeId holder = countedIn.owner();
        return !countedIn.equals(Ballot.NONE)
                && !holder.equals(candidate)
                && leases.grants(holder, leaderIncarnation, nowNanos);
    }

    /**
     * Promises a ballot above the present one; no lease may bind this replica, unless the ballot's
     * owner is elected.
     */
    void promise(Ballot ballot) {
        Invariants.check(ballot.isAbove(promised), "promises only rise", ballot, promised);
        countOut();
        promised = ballot;
        leaderBallot = Ballot.NONE;
        persist(new GroupRecord.Promised(ballot));
    }

    private void countOut() {
        if (!countedIn.equals(Ballot.NONE)) {
            leases.withdraw(countedIn.owner(), group, countedIn);
            countedIn = Ballot.NONE;
        }
    }

    GroupMessage.Promise promiseMessage() {
        return new GroupMessage.Promise(promised, log.lastLsn(), log.lastBallot(), log.baseLsn());
    }

    void onFetch(NodeId from, GroupMessage.Fetch fetch) {
        if (!fetch.ballot().equals(promised) || fetch.fromLsn() <= log.baseLsn()) {
            port.send(from, new GroupMessage.Refusal(fetch.ballot(), promised, false));
            return;
        }
        List<LogEntry> entries =
                fetch.fromLsn() > log.lastLsn()
                        ? List.of()
                        : log.from(fetch.fromLsn(), log.lastLsn(), limits.messageBytes());
        port.send(
                from,
                new GroupMessage.Fetched(fetch.ballot(), fetch.fromLsn(), entries, log.lastLsn()));
    }

    // ---- Phase 2

    /** Takes entries of the leader of a ballot that is not below the promise. */
    void onAccept(NodeId from, GroupMessage.Accept accept, long nowNanos) {
        if (accept.ballot().isAbove(promised)) {
            promise(accept.ballot());
        }
        leaderBallot = accept.ballot();
        leaderIncarnation = accept.incarnation();
        if (!(recovered && leases.silent(nowNanos))) {
            countedIn = accept.ballot();
        }
        if (storeLost) {
            port.send(
                    from, new GroupMessage.Behind(accept.ballot(), GroupMessage.Behind.NOWHERE, 0));
            return;
        }
        if (!holdsPrevious(accept)) {
            port.send(
                    from,
                    new GroupMessage.Behind(
                            accept.ballot(), tryFrom(accept.previousLsn()), flushedLsn));
            return;
        }
        merge(accept.entries());
        long heldLsn = accept.previousLsn() + accept.entries().size();
        long committedBefore = committedLsn;
        commitTo(Math.min(accept.committedLsn(), heldLsn));
        trimTo(accept.trimLsn());
        // News of what is committed need no answer: the next one says so as well, and where no
        // entry
        // follows the leader asks, by a message that has nothing new.
        boolean onlyNews = accept.entries().isEmpty() && committedLsn > committedBefore;
        if (!onlyNews) {
            sendWhenDurable(from, accepted(heldLsn));
        }
    }

    /** The confirmation that the leader's log is held up to an LSN. */
    GroupMessage.Accepted accepted(long heldLsn) {
        return new GroupMessage.Accepted(
                promised,
                heldLsn,
                committedLsn,
                flushedLsn,
                countedIn.equals(promised) ? leases.incarnation() : 0);
    }

    private boolean holdsPrevious(GroupMessage.Accept accept) {
        long previous = accept.previousLsn();
        if (previous <= Math.max(log.baseLsn(), committedLsn)) {
            return previous <= log.lastLsn(); // What is committed is the same in every log.
        }
        return previous <= log.lastLsn() && log.ballotAt(previous).equals(accept.previousBallot());
    }

    /**
     * From where on the leader should try: below the run of entries whose ballot the leader does
     * not have there.
     */
    private long tryFrom(long previousLsn) {
        if (previousLsn > log.lastLsn()) {
            return log.lastLsn() + 1;
        }
        long floor = Math.max(committedLsn, log.baseLsn());
        Ballot wrong = log.ballotAt(previousLsn);
        long lsn = previousLsn;
        while (lsn > floor + 1 && log.ballotAt(lsn - 1).equals(wrong)) {
            lsn--;
        }
        return Math.max(lsn, floor + 1);
    }

    /**
     * Appends what is not held yet. An entry that differs from the one held at its LSN was never
     * chosen, nor was anything above it; entries that are the same stay, so that nothing that
     * others rely on leaves the log even for a moment.
     */
    void merge(List<LogEntry> entries) {
        int fresh = 0;
        while (fresh < entries.size()) {
            LogEntry entry = entries.get(fresh);
            if (entry.lsn() > log.lastLsn()) {
                break;
            }
            if (entry.lsn() > log.baseLsn() && !log.ballotAt(entry.lsn()).equals(entry.ballot())) {
                Invariants.check(
                        entry.lsn() > committedLsn,
                        "a committed entry is never replaced",
                        entry.lsn(),
                        committedLsn);
                log.truncateFrom(entry.lsn());
                break;
            }
            fresh++;
        }
        if (fresh < entries.size()) {
            List<LogEntry> appended = List.copyOf(entries.subList(fresh, entries.size()));
            appended.forEach(log::append);
            persist(new GroupRecord.Appended(appended));
        }
    }

    /**
     * Takes office in a ballot that this replica owns and has promised: from now on it is its own
     * leader.
     */
    void lead(Ballot ballot) {
        Invariants.check(
                ballot.equals(promised), "a leader has promised its own ballot", ballot, promised);
        leaderBallot = ballot;
        leaderIncarnation = leases.incarnation();
    }

    /** The leader of the ballot leads no more, and relies on no lease that it has for it. */
    void onCeded(Ballot ballot) {
        if (leaderBallot.equals(ballot)) {
            leaderBallot = Ballot.NONE;
        }
        if (countedIn.equals(ballot)) {
            countedIn = Ballot.NONE;
        }
    }

    // ---- Commit and trim

    void commitTo(long lsn) {
        if (lsn > committedLsn) {
            Invariants.check(lsn <= log.lastLsn(), "committed beyond the log", lsn, log.lastLsn());
            committedLsn = lsn;
            deliver();
        }
    }

    private void deliver() {
        while (deliveredLsn < committedLsn) {
            deliveredLsn++;
            port.committed(log.entry(deliveredLsn));
        }
    }

    void onFlushed(long lsn) {
        flushedLsn = Math.max(flushedLsn, lsn);
    }

    /** Cuts the log, but never above what this replica's own store has on disk. */
    void trimTo(long lsn) {
        log.trimTo(Math.min(Math.min(lsn, flushedLsn), committedLsn));
    }
}
