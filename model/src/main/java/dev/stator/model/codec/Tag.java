package dev.stator.model.codec;

/**
 * The first byte of an encoded value. Part of the format: numbers are never given a new meaning.
 */
final class Tag {
    static final int STRING = 1;

    /** Zigzag varint. */
    static final int INTEGER = 2;

    /** Zigzag varint of the scale, then of the unscaled value. */
    static final int DECIMAL = 3;

    /** Zigzag varint of the scale, then the unscaled value as length and two's complement bytes. */
    static final int BIG_DECIMAL = 4;

    static final int BINARY = 5;
    static final int FALSE = 6;
    static final int TRUE = 7;
    static final int NULL = 8;
    static final int STRING_SET = 9;

    /** Each member with its tag. */
    static final int NUMBER_SET = 10;

    static final int BINARY_SET = 11;
    static final int LIST = 12;
    static final int MAP = 13;

    private Tag() {}
}
