package dev.stator.server.rpc;

import dev.stator.server.rpc.Frames.BadFrameException;
import dev.stator.server.rpc.Frames.Frame;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Puts the parts of one long message at a time together. Owned by the event loop of its connection.
 */
final class Assembly {
    private static final byte[] NOTHING = {};

    private byte[] parts = NOTHING;
    private int size;

    /**
     * Takes a frame that carries a message or a part of one.
     *
     * @return the message that is complete now, if any
     */
    byte @Nullable [] add(Frame frame) {
        if (frame.kind() == Frames.WHOLE) {
            return frame.content();
        }
        if (frame.kind() != Frames.PART && frame.kind() != Frames.LAST_PART) {
            throw new BadFrameException("a frame of kind " + frame.kind() + " among messages");
        }
        append(frame.content());
        if (frame.kind() == Frames.PART) {
            return null;
        }
        byte[] message = Arrays.copyOf(parts, size);
        parts = NOTHING;
        size = 0;
        return message;
    }

    private void append(byte[] content) {
        int needed = size + content.length;
        if (needed > Frames.MESSAGE_BYTES_MAX) {
            throw new BadFrameException(
                    "a message of more than " + Frames.MESSAGE_BYTES_MAX + " bytes");
        }
        if (needed > parts.length) {
            parts =
                    Arrays.copyOf(
                            parts, Math.clamp(parts.length * 2L, needed, Frames.MESSAGE_BYTES_MAX));
        }
        System.arraycopy(content, 0, parts, size, content.length);
        size = needed;
    }
}
