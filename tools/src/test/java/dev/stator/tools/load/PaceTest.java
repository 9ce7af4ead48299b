package dev.stator.tools.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {
    @Test
    void anOpenLoopIsDueAtASteadyRateWhateverHappens() {
        Pace pace = new Pace.OpenLoop(200);
        assertThat(pace.dueNanos(0, 77)).isZero();
        assertThat(pace.dueNanos(1, 77)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(5));
        assertThat(pace.dueNanos(1000, 77)).isEqualTo(TimeUnit.SECONDS.toNanos(5));
    }

    @Test
    void anOpenLoopsDueRequestsDoNotDependOnWhatWasSent() {
        Pace pace = new Pace.OpenLoop(200);
        assertThat(pace.dueBefore(TimeUnit.SECONDS.toNanos(2), 3)).isEqualTo(400);
        assertThat(pace.dueBefore(TimeUnit.MILLISECONDS.toNanos(5), 0)).isEqualTo(1);
        assertThat(pace.dueBefore(TimeUnit.MILLISECONDS.toNanos(5) + 1, 0)).isEqualTo(2);
    }

    @Test
    void aClosedLoopIsDueWhenItIsSent() {
        Pace pace = new Pace.ClosedLoop();
        assertThat(pace.dueNanos(9, 77)).isEqualTo(77);
        assertThat(pace.dueBefore(TimeUnit.SECONDS.toNanos(2), 3)).isEqualTo(3);
    }
}
