package dev.stator.server.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes that bodies may take up in memory, of all connections together. Shared by all threads.
 */
final class BufferBudget {
    private final long maxBytes;
    private final AtomicLong usedBytes = new AtomicLong();

    BufferBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Takes the bytes if they are there. */
    boolean tryTake(long bytes) {
        if (usedBytes.addAndGet(bytes) <= maxBytes) {
            return true;
        }
        usedBytes.addAndGet(-bytes);
        return false;
    }

    /**
     * Takes the bytes in any case: for answers, which exist already. What is left may be negative.
     */
    void take(long bytes) {
        usedBytes.addAndGet(bytes);
    }

    void giveBack(long bytes) {
        usedBytes.addAndGet(-bytes);
    }

    long usedBytes() {
        return usedBytes.get();
    }
}
