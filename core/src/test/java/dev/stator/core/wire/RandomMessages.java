package dev.stator.core.wire;

import dev.stator.core.metadata.SampleTables;
import dev.stator.model.AttributeValue;
import dev.stator.model.Bytes;
import dev.stator.model.DecimalNumber;
import dev.stator.model.Item;
import dev.stator.model.expression.Condition;
import dev.stator.model.expression.DocumentPath;
import dev.stator.model.expression.Operand;
import dev.stator.model.expression.Projection;
import dev.stator.model.expression.UpdateOperand;
import dev.stator.model.key.KeyRange;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.IndexKeySchema;
import dev.stator.model.table.KeyAttribute;
import dev.stator.model.table.ScalarType;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.TableDescriptor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages of every kind from a seed, by looking at what the sealed interfaces permit and
 * what the records are made of; so a kind that is added is tried without anybody thinking of it.
 */
final class RandomMessages {
    /** From here on what could nest does not. */
    private static final int DEPTH_MAX = 13;

    /** As from here on, counted in values made. */
    private static final int VALUES_MAX = 80;

    private final SplittableRandom random;
    private final String wanted;
    private int depth;
    private int made;

    RandomMessages(long seed) {
        this(seed, "");
    }

    /**
     * Prefers what a kind of record can be part of.
     *
     * @param wanted one of {@link Described#kinds}
     */
    RandomMessages(long seed, String wanted) {
        this.random = new SplittableRandom(seed);
        this.wanted = wanted;
    }

    Envelope envelope() {
        return (Envelope) value(Envelope.class);
    }

    /** An instance of a class or of a generic type such as {@code List<Item>}. */
    Object value(Type type) {
        depth++;
        made++;
        try {
            if (type instanceof ParameterizedType generic) {
                return generic((Class<?>) generic.getRawType(), generic.getActualTypeArguments());
            }
            Class<?> asked = (Class<?>) type;
            Object leaf = leaf(asked);
            return leaf != null ? leaf : composite(asked);
        } finally {
            depth--;
        }
    }

    private Object generic(Class<?> raw, Type[] arguments) {
        int count = isDeep() ? 0 : leadsToWanted(arguments) ? 1 : random.nextInt(3);
        if (raw == Optional.class) {
            return count > 0 ? Optional.of(value(arguments[0])) : Optional.empty();
        }
        if (raw == List.class) {
            List<Object> list = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                list.add(value(arguments[0]));
            }
            return list;
        }
        if (raw == SequencedMap.class) {
            SequencedMap<Object, Object> map = new LinkedHashMap<>();
            for (int i = 0; i < count; i++) {
                map.put(value(arguments[0]), value(arguments[1]));
            }
            return map;
        }
        throw new IllegalStateException("no way to make a " + raw);
    }

    private @Nullable Object leaf(Class<?> type) {
        if (type.isEnum()) {
            Object[] constants = type.getEnumConstants();
            return constants[random.nextInt(constants.length)];
        }
        return switch (type.getSimpleName()) {
            case "boolean" -> random.nextBoolean();
            case "int" -> random.nextInt() >>> 1 >>> random.nextInt(31);
            case "long", "Long" -> random.nextLong() >> random.nextInt(63);
            case "String" -> text();
            case "byte[]" -> bytes();
            case "Bytes" -> Bytes.wrap(bytes());
            case "Item" -> item();
            case "AttributeValue" -> attributeValue();
            case "PlacementKey" -> new PlacementKey(Bytes.wrap(bytes()));
            case "KeyRange" -> range();
            case "TableDescriptor" -> table();
            case "TableSchema" -> table().schema();
            case "Placement" -> SecondaryIndex.Placement.NONE;
            case "IndexKeySchema" -> indexKey();
            case "Projection" ->
                    new Projection(many(() -> (DocumentPath) value(DocumentPath.class)));
            default -> null;
        };
    }

    private Object composite(Class<?> type) {
        if (isDeep()) {
            if (type == Condition.class) {
                return value(Condition.AttributeExists.class);
            } else if (type == Operand.class) {
                return value(Operand.Path.class);
            } else if (type == UpdateOperand.class) {
                return value(UpdateOperand.Path.class);
            }
        }
        if (type.isSealed()) {
            List<Class<?>> permitted = List.of(type.getPermittedSubclasses());
            List<Class<?>> preferred = permitted.stream().filter(this::leadsToWanted).toList();
            return value(pick(preferred.isEmpty() ? permitted : preferred));
        }
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new @Nullable Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            boolean leftOut = types[i] == Long.class && random.nextBoolean();
            values[i] = leftOut ? null : value(components[i].getGenericType());
        }
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a " + type, e);
        }
    }

    private boolean isDeep() {
        return depth > DEPTH_MAX || made > VALUES_MAX;
    }

    private boolean leadsToWanted(Type... types) {
        for (Type type : types) {
            if (type instanceof Class<?> raw && Described.kinds(raw).contains(wanted)) {
                return true;
            }
        }
        return false;
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private String text() {
        String[] letters = {"a", "b", "ß", "é", "水", "𝄞", "\0", " ", "\uFFFD"};
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(letters[random.nextInt(letters.length)]);
        }
        return text.toString();
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(5)];
        random.nextBytes(bytes);
        return bytes;
    }

    private Item item() {
        SequencedMap<String, AttributeValue> attributes = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            attributes.put(text(), attributeValue());
        }
        return new Item(attributes);
    }

    private AttributeValue attributeValue() {
        boolean deep = isDeep();
        depth++;
        try {
            return switch (random.nextInt(deep ? 8 : 10)) {
                case 0 -> new AttributeValue.S(text());
                case 1 -> new AttributeValue.N(number());
                case 2 -> new AttributeValue.B(Bytes.wrap(bytes()));
                case 3 -> new AttributeValue.Bool(random.nextBoolean());
                case 4 -> AttributeValue.Null.INSTANCE;
                case 5 -> new AttributeValue.StringSet(set(this::text));
                case 6 -> new AttributeValue.NumberSet(set(this::number));
                case 7 -> new AttributeValue.BinarySet(set(() -> Bytes.wrap(bytes())));
                case 8 -> new AttributeValue.L(many(this::attributeValue));
                default -> new AttributeValue.M(item().attributes());
            };
        } finally {
            depth--;
        }
    }

    private DecimalNumber number() {
        if (random.nextBoolean()) {
            return DecimalNumber.of(random.nextLong() >> random.nextInt(63));
        }
        BigInteger digits =
                new BigInteger(String.valueOf(random.nextLong(1, Long.MAX_VALUE)))
                        .multiply(
                                BigInteger.valueOf(random.nextLong(1, 1_000_000_000_000_000_000L)));
        return new DecimalNumber(new BigDecimal(digits, random.nextInt(-80, 120)));
    }

    private KeyRange range() {
        PlacementKey one = new PlacementKey(Bytes.wrap(bytes()));
        PlacementKey other = new PlacementKey(Bytes.wrap(bytes()));
        if (random.nextInt(3) == 0) {
            return new KeyRange(one, null);
        }
        return one.compareTo(other) <= 0 ? new KeyRange(one, other) : new KeyRange(other, one);
    }

    private TableDescriptor table() {
        TableDescriptor wanted = SampleTables.wanted("table-" + random.nextInt(10));
        return random.nextBoolean()
                ? wanted
                : SampleTables.active(wanted.name(), random.nextInt(1, 9), 2);
    }

    private IndexKeySchema indexKey() {
        Supplier<KeyAttribute> attribute =
                () -> new KeyAttribute(text(), (ScalarType) value(ScalarType.class));
        List<KeyAttribute> partitionKey = many(attribute);
        return new IndexKeySchema(
                partitionKey.isEmpty() ? List.of(attribute.get()) : partitionKey, many(attribute));
    }

    private <T> SequencedSet<T> set(Supplier<T> member) {
        return new LinkedHashSet<>(many(member));
    }

    private <T> List<T> many(Supplier<T> member) {
        List<T> members = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            members.add(member.get());
        }
        return members;
    }
}
