package dev.stator.core.operations;

/**
 * Makes many calls, a bounded number of them at a time.
 *
 * <p>Where the operation fails in between, it simply makes no further call.
 */
final class FanOut {
    /** Calls under way at a time for one request. */
    static final int MAX_CONCURRENT_CALLS = 16;

    private final int count;
    private final Call call;
    private final Runnable whenAllAreDone;
    private int begun;
    private int done;
    private boolean isBeginning;

    private FanOut(int count, Call call, Runnable whenAllAreDone) {
        this.count = count;
        this.call = call;
        this.whenAllAreDone = whenAllAreDone;
    }

    /** One of the calls. */
    interface Call {
        /**
         * @param index counted from 0
         * @param whenDone to be run once, when the call has been answered
         */
        void begin(int index, Runnable whenDone);
    }

    static void run(int count, Call call, Runnable whenAllAreDone) {
        if (count == 0) {
            whenAllAreDone.run();
            return;
        }
        new FanOut(count, call, whenAllAreDone).beginMore();
    }

    /** Answers may come from within a call; the loop then goes on by itself. */
    private void beginMore() {
        if (isBeginning) {
            return;
        }
        isBeginning = true;
        while (begun < count && begun - done < MAX_CONCURRENT_CALLS) {
            call.begin(begun++, this::oneDone);
        }
        isBeginning = false;
        if (done == count) {
            whenAllAreDone.run();
        }
    }

    private void oneDone() {
        done++;
        beginMore();
    }
}
