package dev.stator.replication;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * One term of office: from the moment when this replica, with the promises of a quorum and the best
 * of their logs, may propose in its ballot, until it learns of a higher one.
 *
 * <p>It begins with an entry of its own ballot. Entries of earlier ballots are committed only
 * together with that entry: counting copies of an old entry proves nothing, since a log with a
 * higher last ballot may still replace it.
 *
 * <p>New entries collect until {@link #flush}, which writes them in one record and sends them in
 * one message to each follower; the leader's own fsync runs meanwhile, and it counts itself when
 * that is done.
 */
final class Leadership {
    private final Ballot ballot;
    private final long ballotStartLsn;
    private final Acceptor acceptor;
    private final Limits limits;
    private final Leases leases;
    private final GroupPort port;
    private final int quorum;
    private final boolean selfStores;
    private final SequencedMap<NodeId, Progress> followers = new TreeMap<>();

    private long selfMatchLsn;
    private long persistedToLsn;
    private long uncommittedBytes;
    private long appliedLsn;
    private long trimLsn;
    private long progressAtNanos;

    Leadership(
            Acceptor acceptor, List<Member> members, Leases leases, GroupPort port, long nowNanos) {
        this.limits = acceptor.limits();
        this.acceptor = acceptor;
        this.ballot = acceptor.promised();
        this.leases = leases;
        this.port = port;
        this.quorum = members.size() / 2 + 1;
        this.progressAtNanos = nowNanos;
        boolean stores = false;
        long lastLsn = acceptor.log().lastLsn();
        for (Member member : members) {
            boolean storage = member.role() == Member.Role.STORAGE;
            if (member.node().equals(leases.self())) {
                stores = storage;
            } else {
                followers.put(member.node(), new Progress(member.node(), storage, lastLsn + 1));
            }
        }
        this.selfStores = stores;
        this.ballotStartLsn = lastLsn + 1;
        this.persistedToLsn = lastLsn;
        this.trimLsn = acceptor.log().baseLsn();
        acceptor.lead(ballot);
        append(LogEntry.Kind.BALLOT_START, new byte[0]);
    }

    Ballot ballot() {
        return ballot;
    }

    long ballotStartLsn() {
        return ballotStartLsn;
    }

    // ---- Proposals

    /**
     * @return the LSN, or zero where too much is under way
     */
    long propose(byte[] payload) {
        ReplicaLog log = acceptor.log();
        if (log.lastLsn() - acceptor.committedLsn() >= limits.uncommittedEntries()
                || uncommittedBytes >= limits.uncommittedBytes()) {
            return 0;
        }
        return append(LogEntry.Kind.COMMAND, payload);
    }

    private long append(LogEntry.Kind kind, byte[] payload) {
        ReplicaLog log = acceptor.log();
        LogEntry entry = new LogEntry(log.lastLsn() + 1, ballot, kind, payload);
        log.append(entry);
        uncommittedBytes += entry.sizeBytes();
        return entry.lsn();
    }

    /** Writes and sends what was proposed since the last call, or else tells what is committed. */
    void flush(long nowNanos) {
        if (acceptor.log().lastLsn() > persistedToLsn) {
            if (acceptor.committedLsn() == persistedToLsn) {
                progressAtNanos =
                        nowNanos; // Nothing was under way: the clock of progress starts now.
            }
            persistProposed();
            acceptor.sendWhenDurable(leases.self(), acceptor.accepted(persistedToLsn));
        }
        for (Progress follower : followers.values()) {
            sendEntries(follower, nowNanos);
        }
        tellCommitted(nowNanos);
    }

    /**
     * Writes what was proposed since the last call. Also to be called at the end of the office:
     * what stands in the log is promised to candidates and built upon, so it must reach the disk.
     */
    void persistProposed() {
        ReplicaLog log = acceptor.log();
        if (log.lastLsn() > persistedToLsn) {
            acceptor.persist(
                    new GroupRecord.Appended(
                            log.from(persistedToLsn + 1, log.lastLsn(), Integer.MAX_VALUE)));
            persistedToLsn = log.lastLsn();
        }
    }

    private void sendEntries(Progress follower, long nowNanos) {
        ReplicaLog log = acceptor.log();
        if (follower.nextLsn <= log.baseLsn()) {
            follower.rewindTo(
                    log.baseLsn() + 1); // If it lacks what was cut it says so, and gets a snapshot.
        }
        while (follower.nextLsn <= log.lastLsn()
                && !follower.needsSnapshot
                && follower.inFlight.size() < (follower.probing ? 1 : limits.messagesInFlight())) {
            List<LogEntry> entries =
                    log.from(follower.nextLsn, log.lastLsn(), limits.messageBytes());
            send(follower, entries, nowNanos);
            follower.nextLsn += entries.size();
            follower.inFlight.add(follower.nextLsn - 1);
        }
    }

    private void send(Progress follower, List<LogEntry> entries, long nowNanos) {
        long previousLsn = follower.nextLsn - 1;
        port.send(
                follower.node,
                new GroupMessage.Accept(
                        ballot,
                        previousLsn,
                        acceptor.log().ballotAt(previousLsn),
                        entries,
                        acceptor.committedLsn(),
                        trimLsn,
                        leases.incarnation()));
        follower.lastSentNanos = nowNanos;
        follower.sentCommittedLsn = acceptor.committedLsn();
        follower.sentTrimLsn = trimLsn;
    }

    // ---- Answers

    void onAccepted(NodeId from, GroupMessage.Accepted accepted, long nowNanos) {
        Invariants.check(
                accepted.lsn() <= acceptor.log().lastLsn(),
                "nobody holds more of a leader's log than the leader",
                accepted.lsn(),
                acceptor.log().lastLsn());
        Progress follower = followers.get(from);
        if (from.equals(leases.self())) {
            selfMatchLsn = Math.max(selfMatchLsn, accepted.lsn());
        } else if (follower != null) { // A node that is not a member has no voice.
            follower.confirm(accepted.lsn());
            follower.flushedLsn = Math.max(follower.flushedLsn, accepted.flushedLsn());
            follower.committedLsn = Math.max(follower.committedLsn, accepted.committedLsn());
            long granting = accepted.grantIncarnation();
            if (granting == 0 || granting > follower.withdrawnIncarnation) {
                follower.grantIncarnation = granting;
            }
        }
        advanceCommit(nowNanos);
        if (follower != null) {
            sendEntries(follower, nowNanos); // What the window held back.
        }
    }

    /**
     * A follower applies, and so shows to eventual reads, what it knows to be committed. Where no
     * entry is under way that would tell it, it is told with the next flush and not with the next
     * tick: whoever reads after a write was answered expects to find it.
     */
    private void tellCommitted(long nowNanos) {
        long committedLsn = acceptor.committedLsn();
        if (committedLsn < acceptor.log().lastLsn()) {
            return;
        }
        for (Progress follower : followers.values()) {
            if (follower.matchLsn == committedLsn && follower.sentCommittedLsn < committedLsn) {
                send(follower, List.of(), nowNanos);
            }
        }
    }

    void onBehind(NodeId from, GroupMessage.Behind behind, long nowNanos) {
        Progress follower = followers.get(from);
        boolean nowhere = behind.tryFromLsn() == GroupMessage.Behind.NOWHERE;
        if (follower == null || (!nowhere && behind.tryFromLsn() <= follower.matchLsn)) {
            return; // An answer to a message that was overtaken.
        }
        follower.flushedLsn = nowhere ? 0 : Math.max(follower.flushedLsn, behind.flushedLsn());
        if (nowhere || behind.tryFromLsn() <= acceptor.log().baseLsn()) {
            if (!follower.needsSnapshot) {
                follower.needsSnapshot = true;
                follower.lastSentNanos = nowNanos;
                port.snapshotNeeded(follower.node);
            }
            return;
        }
        follower.rewindTo(Math.min(behind.tryFromLsn(), acceptor.log().lastLsn() + 1));
        follower.needsSnapshot = false;
        sendNext(follower, nowNanos);
    }

    void onWithdrawn(NodeId from) {
        Progress follower = followers.get(from);
        if (follower != null) {
            follower.withdrawnIncarnation = leases.latestIncarnation(from);
            follower.grantIncarnation = 0;
        }
    }

    private void advanceCommit(long nowNanos) {
        long[] matches = new long[followers.size() + 1];
        int i = 0;
        matches[i++] = selfMatchLsn;
        for (Progress follower : followers.values()) {
            matches[i++] = follower.matchLsn;
        }
        Arrays.sort(matches);
        long lsn = matches[matches.length - quorum];
        long before = acceptor.committedLsn();
        if (lsn < ballotStartLsn || lsn <= before) {
            return;
        }
        for (long committed = before + 1; committed <= lsn; committed++) {
            LogEntry entry = acceptor.log().entry(committed);
            if (entry.ballot().equals(ballot)) {
                uncommittedBytes -= entry.sizeBytes();
            }
        }
        progressAtNanos = nowNanos;
        acceptor.commitTo(lsn);
    }

    // ---- Lease

    boolean holdsLease(long nowNanos) {
        int granted = 1;
        for (Progress follower : followers.values()) {
            if (leases.holdsGrantOf(follower.node, follower.grantIncarnation, nowNanos)) {
                granted++;
            }
        }
        return granted >= quorum;
    }

    boolean hasAppliedAll() {
        return appliedLsn >= ballotStartLsn;
    }

    void onApplied(long lsn, long nowNanos) {
        appliedLsn = Math.max(appliedLsn, lsn);
        progressAtNanos = nowNanos;
    }

    // ---- Time

    /** Whether a quorum could answer and yet nothing has been committed or applied for too long. */
    boolean stalled(long nowNanos) {
        boolean waiting =
                acceptor.committedLsn() < acceptor.log().lastLsn()
                        || appliedLsn < acceptor.committedLsn();
        return waiting && nowNanos - progressAtNanos >= leases.timing().stallNanos();
    }

    /**
     * Finds out what was lost, and tells followers what they should know. @return whether there is
     * more to do
     */
    boolean onTick(long nowNanos) {
        updateTrim();
        boolean busy =
                acceptor.committedLsn() < acceptor.log().lastLsn()
                        || appliedLsn < acceptor.committedLsn();
        for (Progress follower : followers.values()) {
            busy |= attend(follower, nowNanos);
        }
        return busy;
    }

    private boolean hasWithdrawn(Progress follower) {
        return follower.withdrawnIncarnation != 0
                && follower.withdrawnIncarnation == leases.latestIncarnation(follower.node);
    }

    private boolean attend(Progress follower, long nowNanos) {
        boolean upToDate = follower.matchLsn == acceptor.log().lastLsn();
        boolean counted =
                hasWithdrawn(follower)
                        || leases.holdsGrantOf(follower.node, follower.grantIncarnation, nowNanos);
        boolean told =
                follower.sentCommittedLsn == acceptor.committedLsn()
                        && follower.sentTrimLsn == trimLsn;
        boolean knowsAll = told && follower.committedLsn == acceptor.committedLsn();
        if (upToDate && counted && knowsAll && !follower.needsSnapshot) {
            return false;
        }
        if (upToDate && !told) {
            send(follower, List.of(), nowNanos);
        } else if (leases.hears(follower.node, nowNanos)
                && nowNanos - follower.lastSentNanos >= leases.timing().retransmitNanos()) {
            ask(follower, nowNanos);
        }
        return true;
    }

    /**
     * Asks what the follower holds of what was sent, without sending it once more: that may still
     * wait in a queue, which copies would make longer. Where something was lost it says so.
     */
    private void ask(Progress follower, long nowNanos) {
        if (follower.needsSnapshot) {
            port.snapshotNeeded(follower.node);
        }
        if (follower.nextLsn <= acceptor.log().baseLsn()) {
            follower.rewindTo(acceptor.log().baseLsn() + 1);
        }
        send(follower, List.of(), nowNanos);
    }

    private void sendNext(Progress follower, long nowNanos) {
        if (follower.nextLsn <= acceptor.log().lastLsn()) {
            sendEntries(follower, nowNanos);
        } else {
            send(follower, List.of(), nowNanos);
        }
    }

    /**
     * Cuts the log below what two storage replicas have flushed: then it can be lost with one more
     * disk and nothing is missing. A member that lags holds the cut back as long as the log is not
     * too large.
     */
    private void updateTrim() {
        long flushedByTwo = flushedByTwo();
        long lowestMatch = acceptor.committedLsn();
        for (Progress follower : followers.values()) {
            lowestMatch = Math.min(lowestMatch, follower.matchLsn);
        }
        long wanted =
                acceptor.log().sizeBytes() > limits.retainedBytes()
                        ? flushedByTwo
                        : Math.min(flushedByTwo, lowestMatch);
        wanted = Math.min(wanted, acceptor.committedLsn());
        if (wanted > trimLsn) {
            trimLsn = wanted;
            acceptor.trimTo(trimLsn);
        }
    }

    private long flushedByTwo() {
        long highest = selfStores ? acceptor.flushedLsn() : 0;
        long second = 0;
        int storing = selfStores ? 1 : 0;
        for (Progress follower : followers.values()) {
            if (follower.storesItems) {
                storing++;
                long flushed = follower.flushedLsn;
                second = Math.max(second, Math.min(highest, flushed));
                highest = Math.max(highest, flushed);
            }
        }
        return storing == 1 ? highest : second;
    }

    Collection<NodeId> followers() {
        return followers.keySet();
    }
}
