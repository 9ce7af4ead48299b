package dev.stator.model.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class XxHash64Test {
    /** Published vectors: xxHash's own, and those of the documentation of python-xxhash. */
    @Test
    void agreesWithPublishedVectors() {
        Map<String, Long> vectors =
                Map.of(
                        "", 0xEF46DB3751D8E999L,
                        "a", 0xD24EC4F1A98C6E5BL,
                        "abc", 0x44BC2CF5AD770999L,
                        "xxhash", 0x32DD38952C4BC720L,
                        "Nobody inspects the spammish repetition", 0xFBCEA83C8A378BF1L);
        vectors.forEach((text, hash) -> {
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            assertThat(XxHash64.hash(bytes, 0, bytes.length)).as(text).isEqualTo(hash);
        });
    }

    /** The sanity check of the reference implementation: prefixes of a generated buffer. */
    @Test
    void agreesWithTheSanityCheckOfTheReference() {
        byte[] buffer = new byte[222];
        long generator = 2_654_435_761L;
        for (int i = 0; i < buffer.length; i++) {
            buffer[i] = (byte) (generator >>> 56);
            generator *= 0x9E3779B185EBCA8DL;
        }
        assertThat(XxHash64.hash(buffer, 0, 0)).isEqualTo(0xEF46DB3751D8E999L);
        assertThat(XxHash64.hash(buffer, 0, 1)).isEqualTo(0xE934A84ADB052768L);
        assertThat(XxHash64.hash(buffer, 0, 4)).isEqualTo(0x9136A0DCA57457EEL);
        assertThat(XxHash64.hash(buffer, 0, 14)).isEqualTo(0x8282DCC4994E35C8L);
        assertThat(XxHash64.hash(buffer, 0, 222)).isEqualTo(0xB641AE8CB691C174L);
    }

    @Test
    void hashesThePartOfTheArrayItIsGiven() {
        byte[] bytes = "xxabcyy".getBytes(StandardCharsets.US_ASCII);
        assertThat(XxHash64.hash(bytes, 2, 5)).isEqualTo(0x44BC2CF5AD770999L);
    }
}
