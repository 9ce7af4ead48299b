package dev.stator.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What comes just when a thread is about to sleep. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ParkingTest {
    private static final long FOR_EVER = Duration.ofDays(1).toNanos();

    private final Parking parking = new Parking();

    @Test
    void aThreadDoesNotSleepWhereItFindsSomething() {
        parking.park(() -> false, FOR_EVER);
    }

    @Test
    void aWakeBetweenTheLastLookAndTheSleepEndsTheSleep() {
        parking.park(
                () -> {
                    parking.wake();
                    return true;
                },
                FOR_EVER);
    }

    @Test
    void aSleeperIsWoken() throws Exception {
        CountDownLatch woken = new CountDownLatch(1);
        Thread sleeper =
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> {
                            parking.park(() -> true, FOR_EVER);
                            woken.countDown();
                        });
        while (sleeper.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        parking.wake();
        assertThat(woken.await(30, TimeUnit.SECONDS)).isTrue();
    }
}
