package dev.stator.server.runtime;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a thread sleeps while it has nothing to do, such that it sleeps through nothing, and that
 * whoever has something for it wakes it only if it sleeps: to wake a thread costs microseconds on
 * both sides.
 *
 * <p>Whoever has something puts it where the thread looks, and then calls {@link #wake}; the thread
 * says that it sleeps, and then looks once more. So one of the two sees the other.
 */
final class Parking {
    private final AtomicBoolean parked = new AtomicBoolean();

    /** Written before {@link #parked} becomes true. */
    private @Nullable Thread sleeper;

    /**
     * Sleeps until woken, or for so long at most; not at all where there is something to do. May
     * return early. For one thread at a time.
     *
     * @param nothingToDo looks for everything that {@link #wake} is called for
     */
    void park(BooleanSupplier nothingToDo, long nanosMax) {
        sleeper = Thread.currentThread();
        parked.set(true);
        if (nothingToDo.getAsBoolean()) {
            LockSupport.parkNanos(this, nanosMax);
        }
        parked.set(false);
    }

    /** There is something to do. From any thread. */
    void wake() {
        if (parked.get() && parked.compareAndSet(true, false)) {
            LockSupport.unpark(sleeper);
        }
    }
}
