package dev.stator.replication;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One replica's side of a replication group: Multi-Paxos over one log, with a leader that holds a
 * lease (ATC'22, sections 3 and 6).
 *
 * <pre>
 *            no leader is heard, and it is this member's turn
 *  FOLLOWING ───────────────────────────────────────────────► CAMPAIGNING ──won──► LEADING
 *      ▲                                                        │ lost                │ a higher ballot is seen,
 *      └────────────────────────────────────────────────────────┴─────────────────────┘ or it resigns
 * </pre>
 *
 * <p>The acceptor's state ({@link Acceptor}) is the same in all three. What must hold, whatever is
 * lost, delayed, or powered off:
 *
 * <ul>
 *   <li><b>Agreement</b>: no two entries are committed at one LSN.
 *   <li><b>Prefix evaluation</b>: the log below an entry, at whoever holds it, is the log on which
 *       its proposer evaluated it. An acceptor takes an entry only on top of the entry that
 *       precedes it at the leader, and a new leader goes on from one acceptor's whole log.
 *   <li><b>One lease holder</b>: while a leader relies on its lease, no other ballot gathers a
 *       quorum of promises.
 *   <li><b>Durability</b>: what is committed is on the disks of a quorum.
 * </ul>
 *
 * <p>Pure: time comes in with each call, as nanoseconds of a clock that never stops or goes back;
 * effects go to the {@link GroupPort}. Single owner.
 */
public final class ReplicationGroup {
    /** The log that one checkpoint may hold. */
    private static final long CHECKPOINT_BYTES_MAX = 24L << 20;

    private final GroupId id;
    private final List<Member> members;
    private final boolean mayLead;
    private final Leases leases;
    private final GroupPort port;
    private final Acceptor acceptor;

    private @Nullable Campaign campaign;
    private @Nullable Leadership leadership;

    /** When this member starts a campaign, while no leader is heard. */
    private long campaignAtNanos;

    private boolean campaignPlanned;
    private int campaignsLost;
    private long storeLossToldNanos;
    private NodeId lastLeader = Ballot.NONE.owner();

    /**
     * What a replica starts from.
     *
     * @param members of the group, in the order that all members share
     * @param recovered whether this replica existed before this run of the node, and so may have
     *     granted a lease
     */
    public record Origin(
            GroupId id, List<Member> members, RecoveredReplica durable, boolean recovered) {}

    public ReplicationGroup(Origin origin, Limits limits, Leases leases, GroupPort port) {
        this.id = origin.id();
        this.members = List.copyOf(origin.members());
        this.leases = leases;
        this.port = port;
        boolean stores = false;
        for (Member member : members) {
            stores |= member.node().equals(leases.self()) && member.role() == Member.Role.STORAGE;
        }
        this.mayLead = stores;
        this.acceptor =
                new Acceptor(id, origin.durable(), origin.recovered(), limits, leases, port);
    }

    /**
     * To be called once, before anything else, with what the store holds; zero and NONE where it
     * holds nothing.
     */
    public void startFrom(long appliedLsn, Ballot appliedBallot) {
        acceptor.startFrom(appliedLsn, appliedBallot);
    }

    // ---- What others ask

    public GroupId id() {
        return id;
    }

    public List<Member> members() {
        return members;
    }

    public boolean leads() {
        return leadership != null;
    }

    /** The ballot in which this replica leads, or else follows; NONE where it knows no leader. */
    public Ballot leaderBallot() {
        return acceptor.leaderBallot();
    }

    public long committedLsn() {
        return acceptor.committedLsn();
    }

    public long lastLsn() {
        return acceptor.log().lastLsn();
    }

    public long baseLsn() {
        return acceptor.log().baseLsn();
    }

    /** The bytes of the log that is kept in memory. */
    public long logSizeBytes() {
        return acceptor.log().sizeBytes();
    }

    /** An entry that the log holds. */
    public LogEntry entry(long lsn) {
        return acceptor.log().entry(lsn);
    }

    /** Whether this replica may answer consistent reads and evaluate writes at this moment. */
    public boolean serves(long nowNanos) {
        return leadership != null && leadership.hasAppliedAll() && leadership.holdsLease(nowNanos);
    }

    /** Whether a leader, this replica included, is known and was heard within a lease. */
    public boolean hearsLeader(long nowNanos) {
        return leadership != null
                ? leadership.holdsLease(nowNanos)
                : acceptor.hearsLeader(nowNanos);
    }

    /**
     * Whether this replica follows a leader with which messages went both ways within a lease. A
     * leader sends again what a member lacks only while it hears the member; so one that merely
     * hears its leader may miss everything.
     */
    public boolean exchangesWithLeader(long nowNanos) {
        return leadership == null && acceptor.exchangesWithLeader(nowNanos);
    }

    // ---- Proposals

    /** Proposes a command; it leaves with the next {@link #flush}. Empty where it was not taken. */
    public OptionalLong propose(byte[] payload) {
        long lsn = leadership == null ? 0 : leadership.propose(payload);
        return lsn == 0 ? OptionalLong.empty() : OptionalLong.of(lsn);
    }

    /**
     * Writes and sends what was proposed since the last call, and tells followers what is committed
     * where nothing else does. To be called after proposals and after messages, once for many.
     */
    public void flush(long nowNanos) {
        if (leadership != null) {
            leadership.flush(nowNanos);
        }
    }

    // ---- The replica's own disk and store

    /** The first so many records of this group are durable. */
    public void onPersisted(long records, long nowNanos) {
        acceptor.onPersisted(records);
        GroupMessage toSelf = acceptor.nextDurableToSelf();
        while (toSelf != null) {
            onMessage(leases.self(), toSelf, nowNanos);
            toSelf = acceptor.nextDurableToSelf();
        }
    }

    public void onApplied(long lsn, long nowNanos) {
        if (leadership != null) {
            leadership.onApplied(lsn, nowNanos);
        }
    }

    /** The store holds the effects up to this LSN on disk. */
    public void onFlushed(long lsn) {
        if (lsn <= acceptor.flushedLsn() || acceptor.storeLost()) {
            return;
        }
        acceptor.onFlushed(lsn);
        if (leadership == null) {
            confirmToLeader();
        }
    }

    /**
     * Writes all that must outlast a crash once more, in one record, so that older ones of the WAL
     * can go. Does nothing while the log is too large for that; it shrinks as stores flush.
     */
    public void checkpoint() {
        if (acceptor.log().sizeBytes() <= CHECKPOINT_BYTES_MAX) {
            acceptor.checkpoint();
        }
    }

    /**
     * The store's content is void until a snapshot is installed. This replica goes on promising,
     * since its log is whole, but it neither leads nor takes entries.
     */
    public void loseStore() {
        Invariants.check(leadership == null, "a leader's store is whole");
        campaign = null;
        acceptor.loseStore();
        acceptor.tellStoreLost();
    }

    /** A snapshot up to this entry is in the store, durably. */
    public void onSnapshotInstalled(long lsn, Ballot ballot) {
        acceptor.installed(lsn, ballot);
    }

    // ---- Messages

    public void onMessage(NodeId from, GroupMessage message, long nowNanos) {
        switch (message) {
            case GroupMessage.Inquiry inquiry -> onInquiry(from, nowNanos);
            case GroupMessage.InquiryAnswer answer -> {
                if (campaign != null) {
                    campaign.onInquiryAnswer(from, answer, nowNanos);
                }
            }
            case GroupMessage.Prepare prepare -> onPrepare(from, prepare, nowNanos);
            case GroupMessage.Promise promise -> {
                if (campaign != null) {
                    campaign.onPromise(from, promise, nowNanos);
                }
            }
            case GroupMessage.Refusal refusal -> onRefusal(from, refusal, nowNanos);
            case GroupMessage.Fetch fetch -> acceptor.onFetch(from, fetch);
            case GroupMessage.Fetched fetched -> {
                if (campaign != null) {
                    campaign.onFetched(from, fetched, nowNanos);
                }
            }
            case GroupMessage.Accept accept -> onAccept(from, accept, nowNanos);
            case GroupMessage.Accepted accepted -> onAccepted(from, accepted, nowNanos);
            case GroupMessage.Behind behind -> {
                if (leadsIn(behind.ballot())) {
                    leadership().onBehind(from, behind, nowNanos);
                } else {
                    tellResigned(from, behind.ballot());
                }
            }
            case GroupMessage.Resigned resigned -> onCeded(resigned.ballot(), nowNanos);
        }
        settleCampaign(nowNanos);
    }

    private Leadership leadership() {
        Leadership current = leadership;
        if (current == null) {
            throw new IllegalStateException("this replica does not lead");
        }
        return current;
    }

    private boolean leadsIn(Ballot ballot) {
        return leadership != null && leadership.ballot().equals(ballot);
    }

    /**
     * Somebody doubts the leader. Where this member follows one it tells it so once more: one that
     * leads no more answers that, and its word for it may have been lost before. Where the leader
     * that it follows is the one who asks, that one leads no more.
     */
    private void onInquiry(NodeId from, long nowNanos) {
        boolean askerLed = leadership == null && acceptor.leaderBallot().owner().equals(from);
        port.send(
                from,
                new GroupMessage.InquiryAnswer(
                        acceptor.promised(), !askerLed && hearsLeader(nowNanos)));
        if (leadership == null) {
            confirmToLeader();
        }
    }

    /** Tells the leader that is followed, if any, what this member holds. */
    private void confirmToLeader() {
        Ballot ballot = acceptor.leaderBallot();
        if (ballot.equals(acceptor.promised()) && !ballot.equals(Ballot.NONE)) {
            acceptor.sendWhenDurable(ballot.owner(), acceptor.accepted(acceptor.committedLsn()));
        }
    }

    private void onPrepare(NodeId from, GroupMessage.Prepare prepare, long nowNanos) {
        Ballot ballot = prepare.ballot();
        if (ballot.equals(acceptor.promised()) && acceptor.leaderBallot().equals(Ballot.NONE)) {
            acceptor.sendWhenDurable(from, acceptor.promiseMessage()); // A repeated question.
            return;
        }
        boolean bound =
                acceptor.boundByLease(from, nowNanos)
                        || (leadership != null && leadership.holdsLease(nowNanos));
        if (bound || !ballot.isAbove(acceptor.promised())) {
            port.send(from, new GroupMessage.Refusal(ballot, acceptor.promised(), bound));
            return;
        }
        leaveOffice(nowNanos);
        campaign = null;
        acceptor.promise(ballot);
        acceptor.sendWhenDurable(from, acceptor.promiseMessage());
        planCampaign(nowNanos + leases.timing().leaseNanos());
    }

    private void onRefusal(NodeId from, GroupMessage.Refusal refusal, long nowNanos) {
        if (campaign != null) {
            campaign.onRefusal(from, refusal);
        } else if (leadsIn(refusal.ballot()) && refusal.promised().isAbove(refusal.ballot())) {
            // A member has promised a ballot that nobody leads in. Only a higher one brings it
            // back.
            leaveOffice(nowNanos);
            campaign = newCampaign();
            campaign.prepare(refusal.promised(), nowNanos);
        }
    }

    private void onAccept(NodeId from, GroupMessage.Accept accept, long nowNanos) {
        if (acceptor.promised().isAbove(accept.ballot())) {
            port.send(from, new GroupMessage.Refusal(accept.ballot(), acceptor.promised(), false));
            return;
        }
        Invariants.check(!leadsIn(accept.ballot()), "only its owner proposes in a ballot");
        leaveOffice(nowNanos);
        campaign = null;
        campaignPlanned = false;
        campaignsLost = 0;
        lastLeader = from;
        acceptor.onAccept(from, accept, nowNanos);
    }

    private void onAccepted(NodeId from, GroupMessage.Accepted accepted, long nowNanos) {
        if (leadsIn(accepted.ballot())) {
            leadership().onAccepted(from, accepted, nowNanos);
        } else {
            tellResigned(from, accepted.ballot());
        }
    }

    /** A member follows a ballot of this replica in which it leads no more. */
    private void tellResigned(NodeId member, Ballot ballot) {
        if (ballot.owner().equals(leases.self()) && !member.equals(leases.self())) {
            port.send(member, new GroupMessage.Resigned(ballot));
        }
    }

    /** The leader of the ballot leads no more. */
    public void onCeded(Ballot ballot, long nowNanos) {
        if (acceptor.leaderBallot().equals(ballot) && leadership == null) {
            lastLeader = ballot.owner();
            acceptor.onCeded(ballot);
            campaignPlanned = false;
            planIfLeaderless(nowNanos);
        } else {
            acceptor.onCeded(ballot);
        }
    }

    /** A follower's promise for this replica's ballot stands no more. */
    public void onWithdrawn(NodeId follower, Ballot ballot) {
        if (leadership != null && leadership.ballot().equals(ballot)) {
            leadership.onWithdrawn(follower);
        }
    }

    // ---- Time and office

    /**
     * Lets time pass. To be called often (a tenth of a heartbeat) while it returns true; else not
     * before the next message or until the node stops hearing another one.
     */
    public boolean onTick(long nowNanos) {
        if (leadership != null) {
            if (leadership.holdsLease(nowNanos) && leadership.stalled(nowNanos)) {
                resign(nowNanos);
                return true;
            }
            return leadership.onTick(nowNanos);
        }
        if (campaign != null) {
            campaign.onTick(nowNanos);
            settleCampaign(nowNanos);
            return true;
        }
        if (acceptor.storeLost()) {
            campaignPlanned = false;
            if (nowNanos - storeLossToldNanos >= leases.timing().leaseNanos()) {
                storeLossToldNanos = nowNanos;
                acceptor.tellStoreLost(); // An idle leader has no other reason to ask.
            }
            return true;
        }
        if (!mayLead || acceptor.hearsLeader(nowNanos)) {
            campaignPlanned = false;
            return acceptor.awaitsDisk();
        }
        planIfLeaderless(nowNanos);
        if (nowNanos - campaignAtNanos >= 0) {
            campaignPlanned = false;
            campaign = newCampaign();
            campaign.inquire(nowNanos);
            settleCampaign(nowNanos);
        }
        return true;
    }

    private Campaign newCampaign() {
        return new Campaign(acceptor, members, leases, port);
    }

    private void planIfLeaderless(long nowNanos) {
        if (!campaignPlanned) {
            planCampaign(nowNanos + rank() * leases.timing().staggerNanos());
        }
    }

    private void planCampaign(long atNanos) {
        campaignAtNanos = atNanos;
        campaignPlanned = true;
    }

    /**
     * The members' turns to campaign, zero first: in their common order, beginning after the leader
     * that was lost.
     */
    private int rank() {
        int self = 0;
        int previous = -1;
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).node().equals(leases.self())) {
                self = i;
            }
            if (members.get(i).node().equals(lastLeader)) {
                previous = i;
            }
        }
        return Math.floorMod(self - previous - 1, members.size());
    }

    private void settleCampaign(long nowNanos) {
        Campaign current = campaign;
        if (current == null) {
            return;
        }
        switch (current.stage()) {
            case WON -> {
                campaign = null;
                campaignsLost = 0;
                lastLeader = leases.self();
                leadership = new Leadership(acceptor, members, leases, port, nowNanos);
                port.leadershipGained(leadership.ballot(), leadership.ballotStartLsn());
                leadership.flush(nowNanos);
            }
            case LOST -> {
                campaign = null;
                campaignsLost = Math.min(campaignsLost + 1, 4);
                // The others wait for a lease after their promise; one that needs a snapshot before
                // it can lead must not come back before they had their turn.
                long backoff =
                        current.promisedByQuorum()
                                ? 2 * leases.timing().leaseNanos()
                                : leases.timing().heartbeatNanos();
                planCampaign(
                        nowNanos
                                + backoff
                                + (rank() + 1L) * campaignsLost * leases.timing().staggerNanos());
            }
            case INQUIRING, PREPARING, ADOPTING -> {}
        }
    }

    private void leaveOffice(long nowNanos) {
        Leadership left = leadership;
        if (left != null) {
            leadership = null;
            left.persistProposed();
            leases.cede(id, left.ballot(), members);
            acceptor.onCeded(left.ballot());
            port.leadershipLost(left.ballot());
            planCampaign(nowNanos + leases.timing().leaseNanos());
        }
    }

    /**
     * Gives up the office, so that another member can take it without waiting for the lease to end
     * (ATC'22, 6.4).
     */
    public void resign(long nowNanos) {
        Leadership left = leadership;
        if (left != null) {
            leaveOffice(nowNanos);
            for (NodeId follower : left.followers()) {
                port.send(follower, new GroupMessage.Resigned(left.ballot()));
            }
        }
    }
}
