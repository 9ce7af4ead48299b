package dev.stator.tools.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class AnswerTest {
    private static final String BODY = "{\"Item\":{\"pk\":{\"S\":\"user000000000007\"}}}";

    private final Answer answer = new Answer();

    private static String ofLength(String head, String body) {
        return "HTTP/1.1 " + head + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private boolean feed(String part) throws MalformedAnswerException {
        byte[] bytes = part.getBytes(UTF_8);
        System.arraycopy(bytes, 0, answer.reserve(bytes.length), answer.room(), bytes.length);
        return answer.advance(bytes.length);
    }

    private static long crc(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(UTF_8));
        return crc.getValue();
    }

    private boolean holds(String text) {
        return answer.contains(text.getBytes(US_ASCII), text.length());
    }

    @Test
    void isReadWhereverItIsCut() throws MalformedAnswerException {
        String whole = ofLength("200 OK\r\nx-amz-crc32: " + crc(BODY), BODY);
        for (int cut = 1; cut < whole.length(); cut++) {
            answer.clear();
            assertThat(feed(whole.substring(0, cut))).as("cut at %d", cut).isFalse();
            assertThat(feed(whole.substring(cut))).as("cut at %d", cut).isTrue();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo(BODY);
            assertThat(answer.hasSoundBody()).isTrue();
        }
    }

    @Test
    void chunksAreJoinedWhereverTheyAreCut() throws MalformedAnswerException {
        String chunks =
                "5\r\n"
                        + BODY.substring(0, 5)
                        + "\r\n23;x=y\r\n"
                        + BODY.substring(5)
                        + "\r\n0\r\n\r\n";
        String whole = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks;
        assertThat(BODY.length() - 5).isEqualTo(0x23);
        for (int cut = 1; cut < whole.length(); cut++) {
            answer.clear();
            assertThat(feed(whole.substring(0, cut))).as("cut at %d", cut).isFalse();
            assertThat(feed(whole.substring(cut))).as("cut at %d", cut).isTrue();
            assertThat(answer.text()).isEqualTo(BODY);
        }
    }

    @Test
    void anAnswerLargerThanTheOnesBeforeIsRead() throws MalformedAnswerException {
        assertThat(feed(ofLength("200 OK", BODY))).isTrue();
        answer.clear();
        String large = "x".repeat(100_000);
        assertThat(feed(ofLength("200 OK", large))).isTrue();
        assertThat(answer.text()).isEqualTo(large);
    }

    @Test
    void aBodyThatIsNotWhatTheChecksumSaysIsUnsound() throws MalformedAnswerException {
        feed(ofLength("200 OK\r\nX-Amz-Crc32: " + crc("other"), BODY));
        assertThat(answer.hasSoundBody()).isFalse();
    }

    @Test
    void aBodyWithoutAChecksumIsSound() throws MalformedAnswerException {
        feed(ofLength("200 OK", BODY));
        assertThat(answer.hasSoundBody()).isTrue();
    }

    @Test
    void findsTextInTheBodyOnly() throws MalformedAnswerException {
        feed(ofLength("200 OK\r\nX-Other: needle", BODY));
        assertThat(holds("user000000000007")).isTrue();
        assertThat(holds("user000000000008")).isFalse();
        assertThat(holds("needle")).isFalse();
        assertThat(holds("}}}")).isTrue();
        assertThat(holds("}}}}")).isFalse();
    }

    @Test
    void tellsTheTypeOfAnError() throws MalformedAnswerException {
        feed(
                ofLength(
                        "400 Bad Request",
                        "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ValidationException\",\"message\":\"m\"}"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorType()).contains("ValidationException");
    }

    @Test
    void tellsNoTypeWhereThereIsNone() throws MalformedAnswerException {
        feed(ofLength("500 Oops", "<html>"));
        assertThat(answer.errorType()).isEmpty();
    }

    @Test
    void tellsWhetherTheConnectionEnds() throws MalformedAnswerException {
        feed(ofLength("200 OK\r\nConnection: keep-alive", BODY));
        assertThat(answer.isLastOfConnection()).isFalse();
        answer.clear();
        feed(ofLength("200 OK\r\nConnection: close", BODY));
        assertThat(answer.isLastOfConnection()).isTrue();
    }

    @Test
    void refusesWhatIsNoAnswer() {
        assertThatThrownBy(() -> feed("SSH-2.0-OpenSSH_9.2\r\n\r\n"))
                .isInstanceOf(MalformedAnswerException.class);
        answer.clear();
        assertThatThrownBy(() -> feed("HTTP/1.1 200 OK\r\n\r\n"))
                .isInstanceOf(MalformedAnswerException.class);
        answer.clear();
        assertThatThrownBy(() -> feed(ofLength("200 OK", BODY) + "HTTP"))
                .isInstanceOf(MalformedAnswerException.class);
    }
}
