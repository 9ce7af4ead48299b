package dev.stator.core.routing;

/**
 * The call identifiers of one router. They begin somewhere else in each run, so that a late answer
 * to a call of an earlier run is not taken for the answer to a call of this one.
 */
final class CallIds {
    private static final int UNUSED_BITS = 24;

    private long last;

    /**
     * @param seed differs between runs
     */
    CallIds(long seed) {
        this.last = seed >>> UNUSED_BITS;
    }

    long next() {
        return ++last;
    }
}
