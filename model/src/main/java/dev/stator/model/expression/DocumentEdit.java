package dev.stator.model.expression;

import dev.stator.model.AttributeValue;
import dev.stator.model.expression.DocumentPath.Element;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an update does to one place of a document: it replaces what is there or removes it, or edits
 * places inside of it. The document has been checked to have the shape that the edits need.
 */
final class DocumentEdit {
    private boolean isReplacement;
    private @Nullable AttributeValue replacement;
    private final SequencedMap<String, DocumentEdit> entries = new LinkedHashMap<>();
    private final TreeMap<Integer, DocumentEdit> elements = new TreeMap<>();

    DocumentEdit inside(Element element) {
        return switch (element) {
            case Element.Attribute(String name) ->
                    entries.computeIfAbsent(name, key -> new DocumentEdit());
            case Element.Index(int index) ->
                    elements.computeIfAbsent(index, key -> new DocumentEdit());
        };
    }

    /** Null removes what is there. */
    void replaceWith(@Nullable AttributeValue value) {
        isReplacement = true;
        replacement = value;
    }

    /** The new value of the place, or null if it is removed. */
    @Nullable AttributeValue apply(@Nullable AttributeValue old) {
        if (isReplacement) {
            return replacement;
        }
        return switch (old) {
            case AttributeValue.M map -> applyTo(map);
            case AttributeValue.L list -> applyTo(list);
            case null, default -> old;
        };
    }

    private AttributeValue applyTo(AttributeValue.M map) {
        SequencedMap<String, AttributeValue> changed = new LinkedHashMap<>(map.entries());
        for (Map.Entry<String, DocumentEdit> edit : entries.entrySet()) {
            AttributeValue value = edit.getValue().apply(changed.get(edit.getKey()));
            if (value == null) {
                changed.remove(edit.getKey());
            } else {
                changed.put(edit.getKey(), value);
            }
        }
        return new AttributeValue.M(changed);
    }

    /** Elements set beyond the end are appended in the order of their indexes. */
    private AttributeValue applyTo(AttributeValue.L list) {
        List<AttributeValue> old = list.elements();
        List<AttributeValue> changed = new ArrayList<>(old.size() + elements.size());
        for (int i = 0; i < old.size(); i++) {
            DocumentEdit edit = elements.get(i);
            addIfPresent(changed, edit == null ? old.get(i) : edit.apply(old.get(i)));
        }
        for (DocumentEdit edit : elements.tailMap(old.size()).values()) {
            addIfPresent(changed, edit.apply(null));
        }
        return new AttributeValue.L(changed);
    }

    private static void addIfPresent(
            List<AttributeValue> elements, @Nullable AttributeValue value) {
        if (value != null) {
            elements.add(value);
        }
    }
}
