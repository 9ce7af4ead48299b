package dev.stator.core.autoadmin;

import dev.stator.replication.GroupId;

/**
 * The next identifiers that were never given.
 *
 * @param version rises with every change; zero as long as nothing was written
 */
record Counters(long nextTable, long nextGroup, long version) {
    static final Counters FIRST = new Counters(1, GroupId.SYSTEM.value() + 1, 0);

    /** After identifiers were given to so many tables or indexes, and to so many groups. */
    Counters after(int tables, int groups) {
        return new Counters(nextTable + tables, nextGroup + groups, version + 1);
    }
}
