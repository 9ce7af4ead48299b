package dev.stator.storage.store;

import dev.stator.core.store.StoreBatch;
import java.nio.ByteBuffer;

/**
 * A position as it is stored: under the group's id (8 bytes, big-endian), the LSN (8 bytes) and the
 * state, checksummed as items are.
 */
final class StoredPosition {
    private StoredPosition() {}

    static byte[] key(long groupId) {
        return ByteBuffer.allocate(Long.BYTES).putLong(groupId).array();
    }

    static byte[] value(byte[] key, StoreBatch batch) {
        byte[] state = batch.state();
        ByteBuffer plain = ByteBuffer.allocate(Long.BYTES + state.length);
        return ChecksummedValue.encode(key, plain.putLong(batch.appliedLsn()).put(state).array());
    }

    static long groupId(byte[] key) throws CorruptItemException {
        if (key.length != Long.BYTES) {
            throw new CorruptItemException(key);
        }
        return ByteBuffer.wrap(key).getLong();
    }

    static AppliedPosition read(byte[] key, byte[] stored) throws CorruptItemException {
        byte[] plain = ChecksummedValue.decode(key, stored);
        if (plain.length < Long.BYTES) {
            throw new CorruptItemException(key);
        }
        ByteBuffer bytes = ByteBuffer.wrap(plain);
        long lsn = bytes.getLong();
        byte[] state = new byte[bytes.remaining()];
        bytes.get(state);
        return new AppliedPosition(lsn, state);
    }
}
