package dev.stator.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EventLoopTest {
    private final AtomicLong clock = new AtomicLong(1);
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();

    private EventLoop started() {
        return started(new LoopThread("loop"));
    }

    private EventLoop started(LoopThread thread) {
        EventLoop loop = new EventLoop(thread, failure::complete, clock::get);
        loop.start(
                new EventLoop.Owner() {
                    @Override
                    public void afterBatch(long nowNanos) {}

                    @Override
                    public void onTick(long nowNanos) {}

                    @Override
                    public long tickNanos() {
                        return 1_000_000;
                    }
                });
        return loop;
    }

    @Test
    void aTaskIsToldTheTimeAtWhichItBeginsHoweverLongThoseBeforeItTook() throws Exception {
        List<Long> times = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        try (EventLoop loop = started()) {
            loop.execute(() -> {
                times.add(loop.nowNanos());
                clock.addAndGet(5_000_000_000L);
                loop.execute(() -> {
                    times.add(loop.nowNanos());
                    done.countDown();
                });
            });
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(times).containsExactly(1L, 5_000_000_001L);
    }

    @Test
    void tasksOfOneThreadRunInTheirOrder() throws Exception {
        List<Integer> ran = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        try (EventLoop loop = started()) {
            for (int i = 0; i < 2_000; i++) {
                int number = i;
                loop.execute(() -> ran.add(number));
            }
            loop.execute(done::countDown);
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(ran).hasSize(2_000).isSorted();
    }

    @Test
    void aTaskThatThrowsEndsTheLoopAndIsReported() throws Exception {
        try (EventLoop loop = started()) {
            loop.execute(() -> {
                throw new IllegalStateException("broken");
            });
            assertThat(failure.get(30, TimeUnit.SECONDS)).hasMessage("broken");
        }
    }

    @Test
    void loopsThatShareAThreadFailAndEndOneByOne() throws Exception {
        LoopThread thread = new LoopThread("shared");
        EventLoop second = started(thread);
        try (EventLoop first = started(thread);
                EventLoop third = started(thread)) {
            first.execute(() -> {
                throw new IllegalStateException("broken");
            });
            assertThat(failure.get(30, TimeUnit.SECONDS)).hasMessage("broken");
            second.close();
            CountDownLatch ran = new CountDownLatch(1);
            first.execute(() -> failure.obtrudeValue(new AssertionError("ran after its failure")));
            second.execute(() -> failure.obtrudeValue(new AssertionError("ran after its end")));
            third.execute(() -> {
                assertThat(third.inLoop()).isTrue();
                ran.countDown();
            });
            assertThat(ran.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(failure.get()).hasMessage("broken");
    }

    @Test
    void aThreadWhoseLoopsHaveEndedRunsANewOne() throws Exception {
        LoopThread thread = new LoopThread("again");
        started(thread).close();
        CountDownLatch ran = new CountDownLatch(1);
        try (EventLoop loop = started(thread)) {
            loop.execute(ran::countDown);
            assertThat(ran.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aLoopEndsAnotherOneOfItsThreadWithoutWaiting() throws Exception {
        LoopThread thread = new LoopThread("shared");
        CountDownLatch closed = new CountDownLatch(1);
        EventLoop second = started(thread);
        try (EventLoop first = started(thread)) {
            first.execute(() -> {
                second.close();
                closed.countDown();
            });
            assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }
}
