package dev.stator.server.rpc;

import dev.stator.core.wire.FrameChecksum;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * The frames of a connection: length of the content (4 bytes), CRC32C of kind and content (4
 * bytes), kind (1 byte), content. The first one that a connecting node sends is its {@link
 * Greeting}. A frame that is too long or damaged closes the connection: what follows cannot be
 * trusted to begin where it seems to.
 *
 * <p>A message that is longer than a frame goes in parts, and whole messages may come between its
 * parts, so that a snapshot does not hold a heartbeat back.
 */
final class Frames {
    /** The longest content of one frame. */
    static final int CONTENT_BYTES_MAX = 64 << 10;

    /**
     * The longest message: larger than the largest there is, which is a chunk of entries with one
     * item more.
     */
    static final int MESSAGE_BYTES_MAX = 16 << 20;

    static final int HEADER_BYTES = 9;

    /** A message, greeting or hello in one piece. */
    static final int WHOLE = 0;

    /** A part of a message; more follow. */
    static final int PART = 1;

    static final int LAST_PART = 2;

    /** Nothing but a sign of life. */
    static final int ALIVE = 3;

    /** The greeting was refused; the content says why, in UTF-8. */
    static final int REFUSED = 4;

    /** The greeting was accepted; messages may follow. */
    static final int ACCEPTED = 5;

    /** The greeting was refused since the sender has forgotten runs of itself. */
    static final int FORGETFUL = 6;

    private static final int KIND_MAX = FORGETFUL;
    private static final byte[] NOTHING = {};

    private Frames() {}

    /** A frame as it was received. */
    record Frame(int kind, byte[] content) {}

    static ByteBuf whole(ChannelHandlerContext ctx, byte[] content) {
        ByteBuf target = ctx.alloc().buffer(HEADER_BYTES + content.length);
        append(target, WHOLE, content);
        return target;
    }

    /** A frame of a kind that says all. */
    static ByteBuf signal(ChannelHandlerContext ctx, int kind) {
        ByteBuf target = ctx.alloc().buffer(HEADER_BYTES);
        append(target, kind, NOTHING);
        return target;
    }

    static void append(ByteBuf target, int kind, byte[] content) {
        append(target, kind, content, 0, content.length);
    }

    static void append(ByteBuf target, int kind, byte[] content, int from, int length) {
        target.writeInt(length)
                .writeInt(FrameChecksum.of(kind, content, from, length))
                .writeByte(kind)
                .writeBytes(content, from, length);
    }

    /** Takes frames apart. */
    static final class Decoder extends ByteToMessageDecoder {
        @Override
        protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
            if (in.readableBytes() < HEADER_BYTES) {
                return;
            }
            int length = in.getInt(in.readerIndex());
            if (length < 0 || length > CONTENT_BYTES_MAX) {
                throw new BadFrameException(
                        "a frame of " + Integer.toUnsignedString(length) + " bytes");
            }
            if (in.readableBytes() < HEADER_BYTES + length) {
                return;
            }
            in.skipBytes(Integer.BYTES);
            int expected = in.readInt();
            int kind = in.readUnsignedByte();
            byte[] content = new byte[length];
            in.readBytes(content);
            if (FrameChecksum.of(kind, content, 0, length) != expected) {
                throw new BadFrameException("a frame with a wrong checksum");
            }
            if (kind > KIND_MAX) {
                throw new BadFrameException("a frame of unknown kind " + kind);
            }
            out.add(new Frame(kind, content));
        }
    }

    /** The connection carries something else than frames, or frames that make no sense. */
    static final class BadFrameException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BadFrameException(String message) {
            super(message, null, false, false);
        }
    }
}
