package dev.stator.simulator.cluster;

import dev.stator.core.wire.Envelope;
import dev.stator.core.wire.FrameChecksum;
import dev.stator.core.wire.MessageCodec;
import dev.stator.model.codec.MalformedEncodingException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.SplittableRandom;

/** A message as it is on the wire: checksum, kind, content, as the transport of the server. */
final class WireFrame {
    private static final int CONTENT_AT = Integer.BYTES + 1;
    private static final byte WHOLE = 0;

    private final byte[] bytes;

    private WireFrame(byte[] bytes) {
        this.bytes = bytes;
    }

    static WireFrame of(Envelope envelope) {
        byte[] content = MessageCodec.encode(envelope);
        byte[] bytes =
                ByteBuffer.allocate(CONTENT_AT + content.length)
                        .putInt(FrameChecksum.of(WHOLE, content, 0, content.length))
                        .put(WHOLE)
                        .put(content)
                        .array();
        return new WireFrame(bytes);
    }

    void flipBits(int count, SplittableRandom random) {
        for (int i = 0; i < count; i++) {
            int bit = random.nextInt(bytes.length * Byte.SIZE);
            bytes[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
        }
    }

    /**
     * What the receiver makes of it.
     *
     * @param checked whether the checksum is looked at, as it should be
     * @return empty where the frame is no good
     */
    Optional<Envelope> open(boolean checked) {
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        int expected = frame.getInt();
        int kind = frame.get() & 0xFF;
        int length = frame.remaining();
        if (checked && FrameChecksum.of(kind, bytes, CONTENT_AT, length) != expected) {
            return Optional.empty();
        }
        byte[] content = new byte[length];
        frame.get(content);
        try {
            return Optional.of(MessageCodec.decode(content));
        } catch (MalformedEncodingException e) {
            return Optional.empty();
        }
    }
}
