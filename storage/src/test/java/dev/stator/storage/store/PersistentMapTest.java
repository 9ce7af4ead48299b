package dev.stator.storage.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.store.KeyRange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PersistentMapTest {

    @Test
    void changesLeaveOlderMapsAsTheyWere() {
        PersistentMap one = PersistentMap.EMPTY.with(key(1), key(1));
        PersistentMap two = one.with(key(1), key(7)).with(key(2), key(2));
        PersistentMap none = two.without(new KeyRange(key(0), key(9)));
        assertThat(one.get(key(1))).isEqualTo(key(1));
        assertThat(one.size()).isEqualTo(1);
        assertThat(two.get(key(1))).isEqualTo(key(7));
        assertThat(none.size()).isZero();
    }

    @Test
    void theTreeStaysBalancedUnderAnyWork() {
        for (long seed = 1; seed <= 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            PersistentMap map = PersistentMap.EMPTY;
            TreeSet<Integer> model = new TreeSet<>();
            for (int step = 0; step < 3000; step++) {
                int at = seed % 2 == 0 ? step : random.nextInt(5000);
                switch (random.nextInt(40)) {
                    case 0 -> {
                        int end = at + random.nextInt(200);
                        map = map.without(new KeyRange(key(at - 100), key(end)));
                        model.subSet(at - 100, end).clear();
                    }
                    case 1, 2, 3, 4, 5 -> {
                        map = map.without(key(at));
                        model.remove(at);
                    }
                    default -> {
                        map = map.with(key(at), key(at));
                        model.add(at);
                    }
                }
            }
            List<Integer> keys = new ArrayList<>();
            map.<RuntimeException>forEach(
                    (key, value) -> keys.add(ByteBuffer.wrap(key).getInt() - OFFSET));
            assertThat(keys).as("seed %d", seed).isEqualTo(new ArrayList<>(model));
            assertThat(map.size()).isEqualTo(model.size());
            // A weight-balanced tree with the factor 3 is at most log(n) / log(4/3) deep.
            double bound = Math.log(model.size() + 1) / Math.log(4.0 / 3.0) + 1;
            assertThat((double) map.depth()).as("seed %d", seed).isLessThanOrEqualTo(bound);
        }
    }

    private static final int OFFSET = 1000;

    private static byte[] key(int number) {
        return ByteBuffer.allocate(4).putInt(number + OFFSET).array();
    }
}
