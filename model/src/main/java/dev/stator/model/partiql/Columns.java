package dev.stator.model.partiql;

import dev.stator.model.AttributeValue;
import dev.stator.model.AttributesBuilder;
import dev.stator.model.Item;
import dev.stator.model.error.ApiException;
import dev.stator.model.expression.DocumentPath;
import dev.stator.model.expression.DocumentPath.Element;
import dev.stator.model.expression.Projection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * What a SELECT lists. Other than a projection, which leaves values where they are in the item, it
 * makes an attribute of each value: {@code SELECT a.b[0]} answers {@code b[0]}.
 */
public final class Columns {
    private final SequencedMap<String, DocumentPath> paths;

    private Columns(SequencedMap<String, DocumentPath> paths) {
        this.paths = paths;
    }

    static Columns of(List<Term> listed) {
        SequencedMap<String, DocumentPath> paths = new LinkedHashMap<>();
        for (Term column : listed) {
            if (!(column instanceof Term.Path written)) {
                throw ApiException.validation("Unexpected path component at " + column.position());
            }
            DocumentPath path = Paths.of(written);
            String name = name(path);
            if (paths.put(name, path) != null) {
                throw ApiException.validation("Duplicate identifiers in select clause: " + name);
            }
        }
        return new Columns(paths);
    }

    /** From the last name of a path on. */
    private static String name(DocumentPath path) {
        StringBuilder name = new StringBuilder(path.attribute());
        for (Element element : path.elements()) {
            switch (element) {
                case Element.Attribute(String attribute) -> {
                    name.setLength(0);
                    name.append(attribute);
                }
                case Element.Index(int index) -> name.append('[').append(index).append(']');
            }
        }
        return name.toString();
    }

    public List<DocumentPath> paths() {
        return List.copyOf(paths.values());
    }

    /** The attributes of the item that hold all columns; they are what has to be read. */
    public Projection projection() {
        SequencedSet<String> attributes = new LinkedHashSet<>();
        paths.values().forEach(path -> attributes.add(path.attribute()));
        List<DocumentPath> whole = new ArrayList<>(attributes.size());
        attributes.forEach(attribute -> whole.add(DocumentPath.of(attribute)));
        return new Projection(whole);
    }

    /** The columns of an item, without those that it does not have. */
    public Item of(Item item) {
        AttributesBuilder row = new AttributesBuilder(paths.size());
        paths.forEach((name, path) -> {
            AttributeValue value = path.resolve(item);
            if (value != null) {
                row.put(name, value);
            }
        });
        return row.toItem();
    }
}
