package dev.stator.replication;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to become leader.
 *
 * <pre>
 * INQUIRING ──a quorum hears no leader──► PREPARING ──a quorum promised──► ADOPTING ──the best log is held──► won
 *     │ somebody hears one, or time is up     │ refused, or time is up         │ refused, or time is up
 *     └──────────────────────────────────────►└───────────────────────────────►└──────────────────────────► lost
 * </pre>
 *
 * <p>Inquiring first keeps a member that alone cannot hear the leader from disturbing it (ATC'22,
 * section 6.2). Adopting takes one acceptor's whole log, the one whose last entry has the highest
 * ballot and then LSN, never a mixture of several: every entry was evaluated on exactly the log
 * below it.
 */
final class Campaign {
    /** How far an attempt has come. */
    enum Stage {
        INQUIRING,
        PREPARING,
        ADOPTING,
        WON,
        LOST
    }

    private final Acceptor acceptor;
    private final List<Member> members;
    private final Leases leases;
    private final GroupPort port;
    private final int quorum;

    private Stage stage = Stage.INQUIRING;
    private long deadlineNanos;
    private long lastSentNanos;
    private final Set<NodeId> leaderless = new LinkedHashSet<>();
    private final Set<NodeId> refusals = new LinkedHashSet<>();
    private final Map<NodeId, GroupMessage.Promise> promises = new TreeMap<>();
    private Ballot ballot = Ballot.NONE;
    private @Nullable NodeId source;
    private long fetchFromLsn;
    private boolean promisedByQuorum;

    Campaign(Acceptor acceptor, List<Member> members, Leases leases, GroupPort port) {
        this.acceptor = acceptor;
        this.members = members;
        this.leases = leases;
        this.port = port;
        this.quorum = members.size() / 2 + 1;
    }

    Stage stage() {
        return stage;
    }

    Ballot ballot() {
        return ballot;
    }

    /**
     * Whether a quorum has promised. Lost after that, the attempt has held up the others for
     * nothing: this replica lacks what it needs to lead, and should let them go first.
     */
    boolean promisedByQuorum() {
        return promisedByQuorum;
    }

    void inquire(long nowNanos) {
        deadlineNanos = nowNanos + leases.timing().heartbeatNanos();
        leaderless.add(leases.self());
        sendToOthers(new GroupMessage.Inquiry(acceptor.promised()));
        if (leaderless.size() >= quorum) {
            prepare(acceptor.promised(), nowNanos);
        }
    }

    void onInquiryAnswer(NodeId from, GroupMessage.InquiryAnswer answer, long nowNanos) {
        if (stage != Stage.INQUIRING) {
            return;
        }
        if (answer.leaderHealthy()) {
            stage = Stage.LOST;
        } else if (leaderless.add(from) && leaderless.size() >= quorum) {
            Ballot seen =
                    answer.ballot().isAbove(acceptor.promised())
                            ? answer.ballot()
                            : acceptor.promised();
            prepare(seen, nowNanos);
        }
    }

    /**
     * Starts phase 1 in a ballot above the given one; a leader that was superseded comes here
     * without inquiring.
     */
    void prepare(Ballot above, long nowNanos) {
        NodeId self = leases.self();
        if (acceptor.boundByLease(self, nowNanos)) {
            stage = Stage.LOST;
            return;
        }
        stage = Stage.PREPARING;
        deadlineNanos = nowNanos + leases.timing().leaseNanos();
        lastSentNanos = nowNanos;
        ballot = above.next(self);
        acceptor.promise(ballot);
        sendToOthers(new GroupMessage.Prepare(ballot, acceptor.committedLsn()));
        acceptor.sendWhenDurable(self, acceptor.promiseMessage());
    }

    void onPromise(NodeId from, GroupMessage.Promise promise, long nowNanos) {
        if (stage != Stage.PREPARING || !promise.ballot().equals(ballot)) {
            return;
        }
        promises.put(from, promise);
        if (promises.size() < quorum || !promises.containsKey(leases.self())) {
            return;
        }
        promisedByQuorum = true;
        NodeId best = leases.self();
        GroupMessage.Promise bestPromise = acceptor.promiseMessage();
        for (Map.Entry<NodeId, GroupMessage.Promise> other : promises.entrySet()) {
            if (isBetter(other.getValue(), bestPromise)) {
                best = other.getKey();
                bestPromise = other.getValue();
            }
        }
        if (best.equals(leases.self())) {
            stage = Stage.WON;
        } else if (bestPromise.trimmedLsn() > acceptor.committedLsn()) {
            stage = Stage.LOST; // The best log does not reach back to ours: this replica needs a
            // snapshot first.
        } else {
            stage = Stage.ADOPTING;
            source = best;
            fetchFromLsn = acceptor.committedLsn() + 1;
            fetch(best, fetchFromLsn, nowNanos);
        }
    }

    private static boolean isBetter(GroupMessage.Promise a, GroupMessage.Promise b) {
        int byBallot = a.lastBallot().compareTo(b.lastBallot());
        return byBallot > 0 || (byBallot == 0 && a.lastLsn() > b.lastLsn());
    }

    private void fetch(NodeId from, long fromLsn, long nowNanos) {
        lastSentNanos = nowNanos;
        port.send(from, new GroupMessage.Fetch(ballot, fromLsn));
    }

    void onFetched(NodeId from, GroupMessage.Fetched fetched, long nowNanos) {
        if (stage != Stage.ADOPTING || !from.equals(source) || !fetched.ballot().equals(ballot)) {
            return;
        }
        if (fetched.fromLsn() != fetchFromLsn) {
            return; // A repeated answer.
        }
        acceptor.merge(fetched.entries());
        long reached = fetched.fromLsn() + fetched.entries().size() - 1;
        deadlineNanos = nowNanos + leases.timing().leaseNanos();
        if (reached >= fetched.lastLsn()) {
            Invariants.check(
                    acceptor.log().lastLsn() == fetched.lastLsn(),
                    "the adopted log is held whole",
                    acceptor.log().lastLsn(),
                    fetched.lastLsn());
            stage = Stage.WON;
        } else {
            fetchFromLsn = reached + 1;
            fetch(from, fetchFromLsn, nowNanos);
        }
    }

    void onRefusal(NodeId from, GroupMessage.Refusal refusal) {
        if (!refusal.ballot().equals(ballot) || stage == Stage.INQUIRING) {
            return;
        }
        refusals.add(from);
        if (refusal.promised().isAbove(ballot)
                || stage == Stage.ADOPTING
                || members.size() - refusals.size() < quorum) {
            stage = Stage.LOST;
        }
    }

    void onTick(long nowNanos) {
        if (nowNanos - deadlineNanos >= 0) {
            stage = Stage.LOST;
        } else if (nowNanos - lastSentNanos >= leases.timing().retransmitNanos()) {
            lastSentNanos = nowNanos;
            switch (stage) {
                case PREPARING -> {
                    for (Member member : members) {
                        if (!promises.containsKey(member.node())
                                && !member.node().equals(leases.self())) {
                            port.send(
                                    member.node(),
                                    new GroupMessage.Prepare(ballot, acceptor.committedLsn()));
                        }
                    }
                }
                case ADOPTING -> {
                    if (source != null) {
                        fetch(source, fetchFromLsn, nowNanos);
                    }
                }
                case INQUIRING, WON, LOST -> {}
            }
        }
    }

    private void sendToOthers(GroupMessage message) {
        for (Member member : members) {
            if (!member.node().equals(leases.self())) {
                port.send(member.node(), message);
            }
        }
    }
}
