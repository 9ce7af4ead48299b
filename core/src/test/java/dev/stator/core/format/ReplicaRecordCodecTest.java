package dev.stator.core.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.store.KeyRange;
import dev.stator.core.wire.ReplicaDescriptor;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.IndexKeySchema;
import dev.stator.model.table.IndexProjection;
import dev.stator.model.table.KeyAttribute;
import dev.stator.model.table.KeySchema;
import dev.stator.model.table.ProjectionType;
import dev.stator.model.table.ScalarType;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.TableSchema;
import dev.stator.replication.GroupId;
import dev.stator.replication.Member;
import dev.stator.replication.NodeId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class ReplicaRecordCodecTest {
    private static final dev.stator.model.key.KeyRange RANGE =
            new dev.stator.model.key.KeyRange(PlacementKey.atHash(1L << 60), null);

    private static TableSchema schemaWithLocalIndexes() {
        KeyAttribute pk = new KeyAttribute("pk", ScalarType.S);
        SequencedMap<String, ScalarType> types = new LinkedHashMap<>();
        types.put("pk", ScalarType.S);
        types.put("sk", ScalarType.N);
        types.put("w", ScalarType.B);
        IndexKeySchema key =
                new IndexKeySchema(List.of(pk), List.of(new KeyAttribute("w", ScalarType.B)));
        return new TableSchema(
                new KeySchema(pk, new KeyAttribute("sk", ScalarType.N)),
                types,
                List.of(
                        new SecondaryIndex.Local(
                                "one",
                                key,
                                new IndexProjection(ProjectionType.INCLUDE, List.of("a", "b"))),
                        new SecondaryIndex.Local(
                                "two",
                                key,
                                new IndexProjection(ProjectionType.KEYS_ONLY, List.of()))),
                List.of());
    }

    private static ReplicaDescriptor replica(Optional<TableSchema> localSchema) {
        List<Member> members = List.of(new Member(new NodeId(1, 2), Member.Role.STORAGE));
        return new ReplicaDescriptor(new GroupId(3), 7, RANGE, members, localSchema);
    }

    @Test
    void aReplicaKeepsWhatLocalIndexesItsTableHas() {
        for (Optional<TableSchema> schema :
                List.of(Optional.<TableSchema>empty(), Optional.of(schemaWithLocalIndexes()))) {
            ReplicaRecord record = new ReplicaRecord.Dropped(replica(schema));
            assertThat(ReplicaRecordCodec.decode(ReplicaRecordCodec.encode(record)))
                    .isEqualTo(record);
        }
    }

    @Test
    void allThatAReplicaKeepsIsInItsRanges() {
        List<KeyRange> plain = StoreKey.allOf(replica(Optional.empty()));
        List<KeyRange> indexed = StoreKey.allOf(replica(Optional.of(schemaWithLocalIndexes())));
        assertThat(plain).hasSize(2);
        assertThat(indexed).hasSize(5);
        PlacementKey inside = PlacementKey.atHash(1L << 61);
        for (long prefix :
                new long[] {
                    7,
                    StoreKey.localIndex(7, 0),
                    StoreKey.localIndex(7, 1),
                    StoreKey.collectionSizes(7)
                }) {
            byte[] key = StoreKey.of(prefix, inside);
            assertThat(indexed).filteredOn(range -> range.contains(key)).hasSize(1);
            byte[] outside = StoreKey.of(prefix, PlacementKey.atHash(0));
            assertThat(indexed).noneMatch(range -> range.contains(outside));
        }
        byte[] row = StoreKey.change(new GroupId(3), 9);
        assertThat(indexed).anyMatch(range -> range.contains(row));
        byte[] ofNextTable = StoreKey.of(8, inside);
        assertThat(indexed).noneMatch(range -> range.contains(ofNextTable));
    }
}
