package dev.stator.core.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.store.StoreWrite;
import dev.stator.model.Bytes;
import org.junit.jupiter.api.Test;

class ItemCacheTest {
    private static final int VALUE_BYTES = 1_000;

    private final Replica replica = new Replica();
    private final Replica other = new Replica();

    private static final class Replica implements ItemCache.Owner {
        private long appliedLsn;

        @Override
        public long appliedLsn() {
            return appliedLsn;
        }
    }

    private static byte[] key(int number) {
        return new byte[] {(byte) number};
    }

    private static boolean knows(ItemCache cache, int number) {
        return cache.find(Bytes.wrap(key(number))) != null;
    }

    private static void put(ItemCache cache, Replica owner, long lsn, int number) {
        cache.committed(owner, lsn, new StoreWrite.Put(key(number), new byte[VALUE_BYTES]));
    }

    @Test
    void whatTheStoreDoesNotHaveStaysHoweverMuchItIs() {
        ItemCache cache = new ItemCache(0);
        for (int i = 1; i <= 10; i++) {
            put(cache, replica, i, i);
        }
        replica.appliedLsn = 4;
        cache.trim();
        for (int i = 1; i <= 10; i++) {
            assertThat(knows(cache, i)).isEqualTo(i > 4);
        }
    }

    @Test
    void theLeastRecentlyUsedLeavesFirst() {
        ItemCache cache = new ItemCache(3 * VALUE_BYTES);
        replica.appliedLsn = 10;
        put(cache, replica, 1, 1);
        put(cache, replica, 2, 2);
        assertThat(knows(cache, 1)).isTrue();
        put(cache, replica, 3, 3);
        cache.trim();
        assertThat(knows(cache, 1)).isTrue();
        assertThat(knows(cache, 2)).isFalse();
        assertThat(knows(cache, 3)).isTrue();
    }

    @Test
    void aDeleteIsRememberedAndCountsLittle() {
        ItemCache cache = new ItemCache(2 * VALUE_BYTES);
        replica.appliedLsn = 10;
        put(cache, replica, 1, 1);
        for (int i = 2; i <= 6; i++) {
            cache.committed(replica, i, new StoreWrite.Delete(key(i)));
        }
        cache.trim();
        ItemCache.Image deleted = cache.find(Bytes.wrap(key(6)));
        assertThat(deleted).isNotNull();
        assertThat(deleted.value()).isNull();
        assertThat(knows(cache, 1)).isTrue();
    }

    @Test
    void replacingAnItemDoesNotLoseRoom() {
        ItemCache cache = new ItemCache(3 * VALUE_BYTES);
        replica.appliedLsn = 1_000;
        put(cache, replica, 1, 1);
        for (int i = 2; i <= 1_000; i++) {
            put(cache, replica, i, 2);
        }
        cache.trim();
        assertThat(knows(cache, 1)).isTrue();
        assertThat(knows(cache, 2)).isTrue();
    }

    @Test
    void aPartitionIsForgottenAloneAndWholly() {
        ItemCache cache = new ItemCache(2 * VALUE_BYTES);
        put(cache, replica, 1, 1);
        put(cache, other, 1, 2);
        cache.forget(replica);
        assertThat(knows(cache, 1)).isFalse();
        assertThat(knows(cache, 2)).isTrue();
        other.appliedLsn = 1;
        cache.trim();
        assertThat(knows(cache, 2)).isTrue();
    }
}
