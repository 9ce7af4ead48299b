package dev.stator.server.rpc;

import dev.stator.replication.GroupId;

/** What a message may overtake, and be overtaken by, on its way to the socket. */
sealed interface SendOrder {
    /** Goes before all others, within a bound of its own. */
    record Urgent() implements SendOrder {}

    /** Stays behind what was sent of the same group before. */
    record InGroup(GroupId group) implements SendOrder {}

    /** Short ones go before long ones. */
    record Any() implements SendOrder {}
}
