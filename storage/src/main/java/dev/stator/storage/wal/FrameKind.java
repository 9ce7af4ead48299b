package dev.stator.storage.wal;

import org.jspecify.annotations.Nullable;

/** What a frame of the log is. The codes are part of the format; 0 is never one of them. */
enum FrameKind {
    /** A record of a group. */
    RECORD(1),
    /** A record of a group that supersedes those before it. */
    RESET(2),
    /** The group was removed from this node. No payload. */
    FORGET(3),
    /** Everything before this frame had been synced when it was written. No payload. */
    SYNC_POINT(4),
    /**
     * As a sync point, and the log goes on in the next segment, whose number stands in place of the
     * group. No payload.
     */
    SEAL(5),
    /**
     * Segments before the one whose number stands in place of the group are given up. No payload.
     */
    TRIM(6);

    private static final FrameKind[] BY_CODE = byCode();

    final byte code;

    FrameKind(int code) {
        this.code = (byte) code;
    }

    private static FrameKind[] byCode() {
        FrameKind[] kinds = new FrameKind[values().length + 1];
        for (FrameKind kind : values()) {
            kinds[kind.code] = kind;
        }
        return kinds;
    }

    static @Nullable FrameKind of(byte code) {
        return code > 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }

    boolean hasPayload() {
        return this == RECORD || this == RESET;
    }

    boolean isSyncPoint() {
        return this == SYNC_POINT || this == SEAL;
    }
}
