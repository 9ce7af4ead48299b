package dev.stator.storage.store;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps what is closed from being used, and what is in use from being closed: native memory that is
 * touched after it was freed takes the whole process down. States: open (with a count of users),
 * closing (the same, nobody comes in), closed (count 0).
 */
final class UseGuard {
    private static final long CLOSING = 1L << 62;
    private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private final AtomicLong state = new AtomicLong();
    private final String name;

    UseGuard(String name) {
        this.name = name;
    }

    void enter() {
        if (state.incrementAndGet() >= CLOSING) {
            state.decrementAndGet();
            throw new IllegalStateException(name + " is closed");
        }
    }

    void leave() {
        state.decrementAndGet();
    }

    /** Lets nobody in any more; false where that was done before. */
    boolean close() {
        long before = state.getAndUpdate(now -> now | CLOSING);
        return before < CLOSING;
    }

    /** Waits until nobody uses it; false where that takes longer than the given time. */
    boolean awaitUnused(long millis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (state.get() != CLOSING) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }
}
