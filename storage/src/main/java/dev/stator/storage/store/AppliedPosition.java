package dev.stator.storage.store;

import java.util.Arrays;

/**
 * How far a group's log is contained in the store.
 *
 * @param lsn the last LSN contained
 * @param state the bytes that the batch with this LSN gave along; nobody changes them
 */
public record AppliedPosition(long lsn, byte[] state) {

    @Override
    public boolean equals(Object other) {
        return other instanceof AppliedPosition that
                && lsn == that.lsn
                && Arrays.equals(state, that.state);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(lsn) + Arrays.hashCode(state);
    }

    @Override
    public String toString() {
        return "AppliedPosition[lsn=" + lsn + ", state of " + state.length + " bytes]";
    }
}
