package dev.stator.model.key;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * XXH64 with seed 0 (xxHash specification, "XXH64 algorithm description"). It spreads partition
 * keys over the hash space; it does not have to resist an adversary, whose keys would only make
 * their own table uneven. Part of the format of placement keys: never to change. It also tells the
 * tokens of one statement from those of another.
 */
public final class XxHash64 {
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long PRIME_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME_1_PLUS_2 = 0x60EA27EEADC0B5D6L;
    private static final long PRIME_3 = 0x165667B19E3779F9L;
    private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME_5 = 0x27D4EB2F165667C5L;
    private static final int STRIPE_BYTES = 32;

    private XxHash64() {}

    /** The hash of {@code bytes[from, to)}. */
    public static long hash(byte[] bytes, int from, int to) {
        int at = from;
        long hash = PRIME_5;
        if (to - from >= STRIPE_BYTES) {
            int stripes = (to - from) / STRIPE_BYTES;
            hash = hashStripes(bytes, from, stripes);
            at += stripes * STRIPE_BYTES;
        }
        hash += to - from;
        return avalanche(hashTail(hash, bytes, at, to));
    }

    private static long hashStripes(byte[] bytes, int from, int stripes) {
        long lane1 = PRIME_1_PLUS_2;
        long lane2 = PRIME_2;
        long lane3 = 0;
        long lane4 = -PRIME_1;
        int at = from;
        for (int i = 0; i < stripes; i++) {
            lane1 = round(lane1, (long) LONG.get(bytes, at));
            lane2 = round(lane2, (long) LONG.get(bytes, at + 8));
            lane3 = round(lane3, (long) LONG.get(bytes, at + 16));
            lane4 = round(lane4, (long) LONG.get(bytes, at + 24));
            at += STRIPE_BYTES;
        }
        long hash =
                Long.rotateLeft(lane1, 1)
                        + Long.rotateLeft(lane2, 7)
                        + Long.rotateLeft(lane3, 12)
                        + Long.rotateLeft(lane4, 18);
        hash = merge(hash, lane1);
        hash = merge(hash, lane2);
        hash = merge(hash, lane3);
        return merge(hash, lane4);
    }

    private static long hashTail(long start, byte[] bytes, int from, int to) {
        long hash = start;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            hash ^= round(0, (long) LONG.get(bytes, at));
            hash = Long.rotateLeft(hash, 27) * PRIME_1 + PRIME_4;
        }
        if (at + Integer.BYTES <= to) {
            hash ^= ((int) INT.get(bytes, at) & 0xFFFFFFFFL) * PRIME_1;
            hash = Long.rotateLeft(hash, 23) * PRIME_2 + PRIME_3;
            at += Integer.BYTES;
        }
        for (; at < to; at++) {
            hash ^= (bytes[at] & 0xFF) * PRIME_5;
            hash = Long.rotateLeft(hash, 11) * PRIME_1;
        }
        return hash;
    }

    private static long round(long lane, long input) {
        return Long.rotateLeft(lane + input * PRIME_2, 31) * PRIME_1;
    }

    private static long merge(long hash, long lane) {
        return (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
    }

    private static long avalanche(long start) {
        long hash = start;
        hash = (hash ^ (hash >>> 33)) * PRIME_2;
        hash = (hash ^ (hash >>> 29)) * PRIME_3;
        return hash ^ (hash >>> 32);
    }
}
