package dev.stator.core.autoadmin;

import dev.stator.core.wire.IndexMessage.IndexesDefined;

/**
 * What has to be done for a table until its status is reached. A work begins with the table as it
 * is stored and holds nothing that is not found out again: whoever leads next begins it anew, so
 * every step may be done more than once.
 */
interface Work {
    /** Does what can be done now. Called after news and with every tick. */
    void advance();

    /** Whether this is still what has to be done for the table, as it is stored now. */
    boolean isFor(TableRecord record);

    /** The replica is known to exist. */
    default void hosted(GroupReplica replica) {}

    /** A partition of the table knows the table's indexes. */
    default void defined(IndexesDefined answer) {}

    /** The replica is known not to exist. */
    default void dropped(GroupReplica replica) {}
}
