package dev.stator.replication;

import java.util.List;

/**
 * What two nodes say to each other for all their groups together: heartbeats and the leases that
 * ride on them. An idle group adds nothing to them.
 */
public sealed interface NodeMessage {

    /** A group and the ballot that is meant. */
    record GroupBallot(GroupId group, Ballot ballot) {}

    /**
     * A sign of life, sent whether or not the nodes share a leader.
     *
     * @param incarnation of the sender
     * @param sequence rises by one with each heartbeat of the sender to this receiver
     * @param lastAnswerSeen the highest number of an answer that the sender has processed
     * @param ceded groups that the sender led and leads no more; repeated until answered
     */
    record Heartbeat(long incarnation, long sequence, long lastAnswerSeen, List<GroupBallot> ceded)
            implements NodeMessage {}

    /**
     * Renews the leases of the groups that the sender counts into its grant to the receiver.
     *
     * @param incarnation of the sender
     * @param leaderIncarnation of the node that sent the heartbeat
     * @param sequence of the heartbeat that is answered
     * @param number rises by one with each answer of the sender to this receiver
     * @param renews whether leases are renewed: not where more was withdrawn than fits in one
     *     answer
     * @param withdrawn groups whose promise to the receiver no longer stands; repeated until seen
     */
    record HeartbeatAnswer(
            long incarnation,
            long leaderIncarnation,
            long sequence,
            long number,
            boolean renews,
            List<GroupBallot> withdrawn)
            implements NodeMessage {}
}
