package dev.stator.model;

import java.io.Serial;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Collects the attributes of an item, or the entries of a map, that are made once and never change:
 * unlike the constructors, it copies nothing. Of no use after it has given its result.
 */
public final class AttributesBuilder {
    private @Nullable Owned entries;

    public AttributesBuilder() {
        this(8);
    }

    public AttributesBuilder(int expectedSize) {
        entries = new Owned(expectedSize);
    }

    static AttributesBuilder copyOf(Map<String, AttributeValue> entries) {
        AttributesBuilder copy = new AttributesBuilder(entries.size());
        copy.entries().putAll(entries);
        return copy;
    }

    /** Adds or replaces; returns false if the name was there before. */
    public boolean put(String name, AttributeValue value) {
        return entries().put(name, value) == null;
    }

    public Item toItem() {
        return new Item(release());
    }

    public AttributeValue.M toMap() {
        return new AttributeValue.M(release());
    }

    private Owned entries() {
        if (entries == null) {
            throw new IllegalStateException("the result was given already");
        }
        return entries;
    }

    private Owned release() {
        Owned result = entries();
        entries = null;
        return result;
    }

    /**
     * The entries as an immutable map; copied, unless they come from a builder, which let go of
     * them.
     */
    static SequencedMap<String, AttributeValue> frozen(
            SequencedMap<String, AttributeValue> entries) {
        return Collections.unmodifiableSequencedMap(
                entries instanceof Owned ? entries : new LinkedHashMap<>(entries));
    }

    /** A map that nobody but a builder ever sees. */
    private static final class Owned extends LinkedHashMap<String, AttributeValue> {
        @Serial private static final long serialVersionUID = 1L;

        Owned(int expectedSize) {
            super((int) Math.ceil(expectedSize / 0.75));
        }
    }
}
