package dev.stator.server.http;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How many connections are open. Shared by all threads. */
final class ConnectionCount {
    private final int max;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();
    private int open;

    ConnectionCount(int max) {
        this.max = max;
    }

    /** Counts one more, if there may be one more. */
    boolean tryOpen() {
        lock.lock();
        try {
            if (open == max) {
                return false;
            }
            open++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            open--;
            if (open == 0) {
                none.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    int open() {
        lock.lock();
        try {
            return open;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there are none; false if there still are when the time is over. */
    boolean awaitNone(long nanos) throws InterruptedException {
        long left = nanos;
        lock.lock();
        try {
            while (open > 0) {
                if (left <= 0) {
                    return false;
                }
                left = none.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** For messages. */
    @Override
    public String toString() {
        return open() + " of " + max + " connections";
    }
}
