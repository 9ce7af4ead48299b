package dev.stator.core.wire;

import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.table.TableSchema;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Messages as text that shows everything, arrays included: two are equal exactly if their texts
 * are.
 */
final class Described {
    private static final Set<Class<?>> NOT_LOOKED_INTO =
            Set.of(
                    TableDescriptor.class,
                    TableSchema.class,
                    SecondaryIndex.Placement.class,
                    AttributeValue.class,
                    Item.class,
                    PlacementKey.class);
    private static final Map<Class<?>, Set<String>> KINDS = new ConcurrentHashMap<>();

    private Described() {}

    static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case byte[] bytes -> "x" + HexFormat.of().formatHex(bytes);
            case String text -> quoted(text);
            case Optional<?> optional ->
                    optional.map(inner -> "[" + text(inner) + "]").orElse("[]");
            case Enum<?> constant -> name(constant);
            case AttributeValue attribute -> attribute.typeName() + ":" + record(attribute);
            case Record record -> record(record);
            case Iterable<?> many -> {
                StringBuilder list = new StringBuilder("[");
                many.forEach(element ->
                        list.append(list.length() > 1 ? ", " : "").append(text(element)));
                yield list.append("]").toString();
            }
            case Map<?, ?> map -> {
                StringBuilder entries = new StringBuilder("{");
                map.forEach((key, inner) ->
                        entries.append(entries.length() > 1 ? ", " : "")
                                .append(text(key))
                                .append("=")
                                .append(text(inner)));
                yield entries.append("}").toString();
            }
            default -> value.toString();
        };
    }

    private static String record(Object record) {
        StringBuilder text = new StringBuilder(name(record.getClass())).append("(");
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            if (component.getType() == SecondaryIndex.Placement.class) {
                continue; // An index that is asked for has no place yet.
            }
            try {
                component.getAccessor().setAccessible(true);
                text.append(text.charAt(text.length() - 1) == '(' ? "" : ", ")
                        .append(component.getName())
                        .append("=")
                        .append(text(component.getAccessor().invoke(record)));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot read " + component, e);
            }
        }
        return text.append(")").toString();
    }

    /** With the enclosing interface, such as {@code PartitionResponse.Got}. */
    private static String name(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return (outer == null ? "" : name(outer) + ".") + type.getSimpleName();
    }

    private static String name(Enum<?> constant) {
        return "<" + name(constant.getDeclaringClass()) + "." + constant.name() + ">";
    }

    /** One line, printable. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("'");
        text.chars()
                .forEach(c ->
                        quoted.append(
                                c > ' ' && c < 0x7f
                                        ? String.valueOf((char) c)
                                        : "\\u%04x".formatted(c)));
        return quoted.append("'").toString();
    }

    /**
     * What all records and constants that a value can be made of begin with in its text. Tables and
     * attribute values are not looked into: their codecs have tests of their own.
     */
    static Set<String> kinds(Class<?> type) {
        return KINDS.computeIfAbsent(
                type,
                asked -> {
                    Set<String> kinds = new LinkedHashSet<>();
                    addKinds(asked, kinds, new LinkedHashSet<>());
                    return kinds;
                });
    }

    private static void addKinds(Class<?> type, Set<String> kinds, Set<Class<?>> seen) {
        if (!seen.add(type)
                || !type.getName().startsWith("dev.stator.")
                || NOT_LOOKED_INTO.contains(type)) {
            return;
        }
        if (type.isEnum()) {
            for (Object constant : type.getEnumConstants()) {
                kinds.add(name((Enum<?>) constant));
            }
        } else if (type.isSealed()) {
            List.of(type.getPermittedSubclasses())
                    .forEach(permitted -> addKinds(permitted, kinds, seen));
        } else if (type.isRecord()) {
            kinds.add(name(type) + "(");
            for (RecordComponent component : type.getRecordComponents()) {
                addKinds(component.getType(), kinds, seen);
                if (component.getGenericType() instanceof ParameterizedType generic) {
                    for (Type argument : generic.getActualTypeArguments()) {
                        addKinds((Class<?>) argument, kinds, seen);
                    }
                }
            }
        }
    }
}
