package dev.stator.model.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TableRulesTest {
    @Test
    void namesHaveThreeTo255CharactersOfASmallAlphabet() {
        assertThat(TableName.isValid("abc")).isTrue();
        assertThat(TableName.isValid("A-z_0.9")).isTrue();
        assertThat(TableName.isValid("a".repeat(255))).isTrue();
        assertThat(TableName.isValid("ab")).isFalse();
        assertThat(TableName.isValid("a".repeat(256))).isFalse();
        assertThat(TableName.isValid("a b")).isFalse();
        assertThat(TableName.isValid("caf\u00E9")).isFalse();
        assertThat(TableName.matchesPattern("")).isFalse();
    }

    @Test
    void identifiersLookLikeThoseOfTheApiAndDiffer() {
        Set<String> seen = new HashSet<>();
        for (long value = 1; value <= 1_000; value++) {
            String uuid = new TableId(value).toUuid();
            assertThat(uuid)
                    .matches("[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
            assertThat(seen.add(uuid)).isTrue();
        }
    }

    @Test
    void aNewTableHasThePartitionsItsThroughputNeeds() {
        assertThat(InitialPartitions.count(TableSettings.Billing.onDemand(0))).isEqualTo(4);
        assertThat(provisioned(1, 1)).isEqualTo(3);
        assertThat(provisioned(9_000, 3_000)).isEqualTo(3);
        assertThat(provisioned(9_001, 1)).isEqualTo(4);
        assertThat(provisioned(1, 40_000)).isEqualTo(40);
        assertThat(provisioned(1, 40_001)).isEqualTo(41);
        assertThat(provisioned(Long.MAX_VALUE, Long.MAX_VALUE)).isEqualTo(64);
        assertThat(InitialPartitions.ranges(TableSettings.Billing.onDemand(0))).hasSize(4);
    }

    private static int provisioned(long readUnits, long writeUnits) {
        return InitialPartitions.count(TableSettings.Billing.provisioned(readUnits, writeUnits));
    }

    @Test
    void aDayHasFourDecreasesAndOneMoreAnHourAfterTheLast() {
        long midnight = Instant.parse("2026-11-22T00:00:00Z").toEpochMilli();
        long hour = 3_600_000;
        ThroughputChanges changes = ThroughputChanges.NONE;
        assertThat(changes.decreasesAtHand(midnight)).isEqualTo(4);
        for (int i = 0; i < 4; i++) {
            changes = changes.decreased(midnight + i);
        }
        ThroughputChanges spent = changes;
        assertThat(spent.decreasesAtHand(midnight + hour + 2)).isZero();
        assertThat(spent.nextDecreaseMillis(midnight + hour)).isEqualTo(midnight + hour + 3);
        assertThatThrownBy(() -> spent.decreased(midnight + hour - 1))
                .isInstanceOf(IllegalStateException.class);
        assertThat(spent.decreasesAtHand(midnight + hour + 3)).isEqualTo(1);
        assertThat(spent.decreasesAtHand(midnight + 9 * hour)).isEqualTo(1);
        ThroughputChanges again = spent.decreased(midnight + 9 * hour);
        assertThat(again.decreasesAtHand(midnight + 10 * hour - 1)).isZero();
        ThroughputChanges late = again.decreased(midnight + 24 * hour - 1);
        assertThat(late.nextDecreaseMillis(midnight + 24 * hour - 1))
                .as("a new day begins before the hour is over")
                .isEqualTo(midnight + 24 * hour);
        assertThat(spent.decreasesToday(midnight + 9 * hour)).isEqualTo(4);
        assertThat(spent.decreasesToday(midnight + 24 * hour)).isZero();
        assertThat(spent.decreasesAtHand(midnight + 24 * hour)).isEqualTo(4);
    }

    @Test
    void aDayHasTwentySevenDecreasesAtMost() {
        long midnight = Instant.parse("2026-11-22T00:00:00Z").toEpochMilli();
        ThroughputChanges changes = ThroughputChanges.NONE;
        for (long now = midnight; now < midnight + 86_400_000; now += 60_000) {
            while (changes.decreasesAtHand(now) > 0) {
                changes = changes.decreased(now);
            }
        }
        assertThat(changes.decreasesToday(midnight + 86_399_999)).isEqualTo(27);
    }

    @Test
    void notesIncreasesAndDecreases() {
        Throughput before = Throughput.provisioned(10, 10);
        Throughput after = before.reprovisioned(new ProvisionedThroughput(20, 5), 1_000);
        assertThat(after.provisioned()).isEqualTo(new ProvisionedThroughput(20, 5));
        assertThat(after.warm()).isEqualTo(new ProvisionedThroughput(20, 10));
        assertThat(after.changes().lastIncreaseMillis()).isEqualTo(1_000);
        assertThat(after.changes().lastDecreaseMillis()).isEqualTo(1_000);
        assertThat(before.isDecrease(new ProvisionedThroughput(10, 10))).isFalse();
        assertThat(before.isDecrease(new ProvisionedThroughput(11, 9))).isTrue();
    }
}
