package dev.stator.tools.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ActivityTest {
    @Test
    void theInnermostFrameThatIsKnownDecides() {
        assertThat(
                        Activity.of(
                                List.of(
                                        "java.util.HashMap.get",
                                        "dev.stator.server.json.RequestReader.read",
                                        "dev.stator.server.http.HttpConnection.channelRead")))
                .isEqualTo(Activity.JSON);
        assertThat(
                        Activity.of(
                                List.of(
                                        "io.netty.channel.epoll.Native.eventFdWrite",
                                        "io.netty.channel.epoll.EpollIoHandler.wakeup")))
                .isEqualTo(Activity.HAND_OVER);
    }

    @Test
    void codeThatNobodyKnowsIsOther() {
        assertThat(Activity.of(List.of("java.lang.Thread.run"))).isEqualTo(Activity.OTHER);
        assertThat(Activity.of(List.of())).isEqualTo(Activity.OTHER);
    }
}
