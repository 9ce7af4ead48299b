package dev.stator.model.codec;

import dev.stator.model.DecimalNumber;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Numbers as a tag and as few bytes as is simple: an integer below 64 takes two. */
final class NumberCodec {
    static final int MIN_BYTES = 2;

    /** Scales outside of this cannot belong to a number of the API, whatever its digits. */
    private static final int SCALE_BOUND = 1_000;

    /** 38 digits and a sign take at most 127 bits. */
    private static final int MAX_UNSCALED_BYTES = 16;

    /** This many digits fit a long. */
    private static final int LONG_DIGITS = 18;

    private NumberCodec() {}

    static void write(BinaryWriter writer, DecimalNumber number) {
        BigDecimal value = number.value();
        int scale = value.scale();
        if (value.precision() <= LONG_DIGITS) {
            if (scale == 0) {
                writer.writeByte(Tag.INTEGER);
                writer.writeZigzag(value.longValue());
            } else {
                writer.writeByte(Tag.DECIMAL);
                writer.writeZigzag(scale);
                writer.writeZigzag(value.unscaledValue().longValue());
            }
            return;
        }
        writer.writeByte(Tag.BIG_DECIMAL);
        writer.writeZigzag(scale);
        writer.writeBytes(value.unscaledValue().toByteArray());
    }

    static DecimalNumber read(BinaryReader reader) {
        return readAfterTag(reader, reader.readByte());
    }

    static DecimalNumber readAfterTag(BinaryReader reader, int tag) {
        return switch (tag) {
            case Tag.INTEGER -> DecimalNumber.of(reader.readZigzag());
            case Tag.DECIMAL -> {
                int scale = readScale(reader);
                yield number(BigDecimal.valueOf(reader.readZigzag(), scale));
            }
            case Tag.BIG_DECIMAL -> {
                int scale = readScale(reader);
                yield number(new BigDecimal(readUnscaled(reader), scale));
            }
            default -> throw new MalformedEncodingException("unknown tag of a number: " + tag);
        };
    }

    private static int readScale(BinaryReader reader) {
        int scale = reader.readZigzag32();
        if (scale < -SCALE_BOUND || scale > SCALE_BOUND) {
            throw new MalformedEncodingException("the scale of no number: " + scale);
        }
        return scale;
    }

    private static BigInteger readUnscaled(BinaryReader reader) {
        byte[] bytes = reader.readByteArray();
        if (bytes.length == 0 || bytes.length > MAX_UNSCALED_BYTES) {
            throw new MalformedEncodingException("the digits of no number");
        }
        return new BigInteger(bytes);
    }

    private static DecimalNumber number(BigDecimal value) {
        if (!DecimalNumber.isInRange(value)) {
            throw new MalformedEncodingException("not a number of the API");
        }
        return new DecimalNumber(value);
    }
}
