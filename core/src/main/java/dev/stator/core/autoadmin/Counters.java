package dev.stator.core.autoadmin;

import dev.stator.replication.GroupId;

/**
 * The next identifiers that were never given.
 *
 * @param version rises with every change; zero as long as nothing was written
 */
record Counters(long nextTable, long nextGroup, long version) {
    static final Counters FIRST = new Counters(1, GroupId.SYSTEM.value() + 1, 0);

    /** After a table with so many groups was given its identifiers. */
    Counters afterTable(int groups) {
        return new Counters(nextTable + 1, nextGroup + groups, version + 1);
    }
}
