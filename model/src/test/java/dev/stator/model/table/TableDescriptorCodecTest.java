package dev.stator.model.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stator.model.AttributeValue;
import dev.stator.model.DecimalNumber;
import dev.stator.model.Item;
import dev.stator.model.RandomCases;
import dev.stator.model.RandomValues;
import dev.stator.model.codec.MalformedEncodingException;
import dev.stator.model.key.KeyRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TableDescriptorCodecTest {
    @Test
    void readsWhatItWrote() {
        for (TableDescriptor table : List.of(smallest(), largest())) {
            Item item = TableDescriptorCodec.toItem(table);
            TableDescriptor read = TableDescriptorCodec.fromItem(item);
            assertThat(read).isEqualTo(table);
            assertThat(List.copyOf(read.schema().attributeDefinitions().keySet()))
                    .isEqualTo(List.copyOf(table.schema().attributeDefinitions().keySet()));
        }
    }

    @Test
    void leavesAloneWhatANewerVersionAdded() {
        SequencedMap<String, AttributeValue> fields =
                new LinkedHashMap<>(TableDescriptorCodec.toItem(largest()).attributes());
        fields.put("Vectors", new AttributeValue.Bool(true));
        assertThat(TableDescriptorCodec.fromItem(new Item(fields))).isEqualTo(largest());
    }

    @Test
    void refusesANewerFormat() {
        SequencedMap<String, AttributeValue> fields =
                new LinkedHashMap<>(TableDescriptorCodec.toItem(smallest()).attributes());
        fields.put("FormatVersion", new AttributeValue.N(DecimalNumber.of(2)));
        assertThatThrownBy(() -> TableDescriptorCodec.fromItem(new Item(fields)))
                .isInstanceOf(MalformedEncodingException.class)
                .hasMessageContaining("version");
    }

    @Test
    void damagedItemsGiveTheOneException() {
        Item item = TableDescriptorCodec.toItem(largest());
        RandomCases.check(
                5_000,
                random -> {
                    AttributeValue damaged =
                            damaged(random, AttributeValue.M.of(item.attributes()));
                    if (!(damaged instanceof AttributeValue.M map)) {
                        return;
                    }
                    try {
                        TableDescriptor read =
                                TableDescriptorCodec.fromItem(new Item(map.entries()));
                        assertThat(read.partitions()).hasSizeLessThanOrEqualTo(4);
                    } catch (MalformedEncodingException expected) {
                        assertThat(expected.getMessage()).isNotEmpty();
                    }
                });
    }

    /** The value with one place in it replaced, or left out. */
    private static AttributeValue damaged(SplittableRandom random, AttributeValue value) {
        if (value instanceof AttributeValue.M map && !map.entries().isEmpty()) {
            SequencedMap<String, AttributeValue> entries = new LinkedHashMap<>(map.entries());
            List<String> names = List.copyOf(entries.keySet());
            String name = names.get(random.nextInt(names.size()));
            if (random.nextInt(4) == 0) {
                entries.remove(name);
            } else {
                entries.compute(name, (_, old) -> damaged(random, Objects.requireNonNull(old)));
            }
            return new AttributeValue.M(entries);
        }
        if (value instanceof AttributeValue.L list && !list.elements().isEmpty()) {
            List<AttributeValue> elements = new ArrayList<>(list.elements());
            elements.set(0, damaged(random, elements.getFirst()));
            return new AttributeValue.L(elements);
        }
        return new RandomValues(random).value();
    }

    private static TableDescriptor smallest() {
        return new TableDescriptor(
                new TableIdentity("000000000000", "abc", TableId.NONE, 0),
                TableStatus.CREATING,
                TableSchema.of(KeySchema.of(new KeyAttribute("pk", ScalarType.N))),
                TableSettings.of(TableSettings.Billing.onDemand(1)),
                List.of());
    }

    private static TableDescriptor largest() {
        return new TableDescriptor(
                new TableIdentity("123456789012", "orders", new TableId(-5), 1_700_000_000_123L),
                TableStatus.UPDATING,
                schema(),
                settings(),
                partitions());
    }

    private static TableSchema schema() {
        KeyAttribute customer = new KeyAttribute("customer", ScalarType.S);
        KeyAttribute number = new KeyAttribute("number", ScalarType.N);
        KeyAttribute photo = new KeyAttribute("photo", ScalarType.B);
        SequencedMap<String, ScalarType> definitions = new LinkedHashMap<>();
        definitions.put("photo", ScalarType.B);
        definitions.put("number", ScalarType.N);
        definitions.put("customer", ScalarType.S);
        return new TableSchema(
                new KeySchema(customer, number),
                definitions,
                List.of(
                        new SecondaryIndex.Local(
                                "by-photo",
                                new IndexKeySchema(List.of(customer), List.of(photo)),
                                new IndexProjection(ProjectionType.INCLUDE, List.of("x", "y")))),
                List.of(
                        new SecondaryIndex.Global(
                                "many",
                                new IndexKeySchema(
                                        List.of(photo, customer), List.of(number, photo)),
                                new IndexProjection(ProjectionType.KEYS_ONLY, List.of()),
                                new SecondaryIndex.State(IndexStatus.CREATING, true),
                                Throughput.provisioned(7, 8))));
    }

    private static TableSettings settings() {
        SequencedMap<String, String> tags = new LinkedHashMap<>();
        tags.put("team", "");
        tags.put("cost", "42");
        Throughput throughput =
                new Throughput(
                        new ProvisionedThroughput(5, 6),
                        new ThroughputChanges(10L, 20L, 2, 1),
                        new ThroughputLimits(100L, null),
                        new ProvisionedThroughput(12_000, 4_000));
        return new TableSettings(
                new TableSettings.Billing(BillingMode.PROVISIONED, throughput, 30L),
                new TableSettings.Storage(TableClass.STANDARD_INFREQUENT_ACCESS, 40L, "arn:key"),
                new TableSettings.Stream(true, StreamViewType.OLD_IMAGE, "2026-11-22T00:00:00.000"),
                true,
                tags);
    }

    private static List<PartitionDescriptor> partitions() {
        List<PartitionDescriptor> partitions = new ArrayList<>();
        List<MemberDescriptor> members =
                List.of(
                        new MemberDescriptor(1, -2, MemberDescriptor.Role.STORAGE),
                        new MemberDescriptor(Long.MIN_VALUE, 4, MemberDescriptor.Role.LOG));
        for (KeyRange range : KeyRange.splitEvenly(3)) {
            partitions.add(new PartitionDescriptor(partitions.size() + 1, range, 77, members));
        }
        return partitions;
    }

    @Test
    void keepsWhatItDoesNotChange() {
        TableDescriptor table = largest();
        assertThat(table.withStatus(TableStatus.ACTIVE).withStatus(TableStatus.UPDATING))
                .isEqualTo(table);
        assertThat(table.withPartitions(List.of()).partitions()).isEmpty();
        assertThat(table.withSettings(table.settings().withDeletionProtection(false)).settings())
                .isEqualTo(table.settings().withDeletionProtection(false))
                .isNotEqualTo(table.settings());
        assertThat(table.schema().index("many")).isPresent();
        assertThat(table.schema().index("by-photo")).isPresent();
        assertThat(table.schema().index("none")).isEmpty();
        assertThat(Map.copyOf(table.settings().tags())).hasSize(2);
    }
}
