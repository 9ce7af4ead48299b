package dev.stator.replication;

/**
 * Checks that are always on. A violated one is a bug: the replica stops rather than go on with
 * doubtful data.
 */
public final class Invariants {
    private Invariants() {}

    /** Thrown by a violated invariant. Caught only where a replica or a node is stopped. */
    public static final class Violation extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Violation(String message) {
            super(message);
        }
    }

    public static void check(boolean holds, String what) {
        if (!holds) {
            throw new Violation(what);
        }
    }

    /** {@code a} and {@code b} are the values that the invariant is about. */
    public static void check(boolean holds, String what, Object a, Object b) {
        if (!holds) {
            throw new Violation(what + ": " + a + ", " + b);
        }
    }

    public static void check(boolean holds, String what, long a, long b) {
        if (!holds) {
            throw new Violation(what + ": " + a + ", " + b);
        }
    }
}
