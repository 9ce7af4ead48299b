package dev.stator.server.json;

import dev.stator.core.operations.api.AttributeDefinition;
import dev.stator.core.operations.api.IndexProjection;
import dev.stator.core.operations.api.KeySchemaElement;
import dev.stator.core.operations.api.KeyType;
import dev.stator.model.table.ProjectionType;
import dev.stator.model.table.ScalarType;
import dev.stator.server.json.RequestReader.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads attribute definitions, key schemas and projections. */
final class KeySchemaReader {
    private KeySchemaReader() {}

    static List<AttributeDefinition> attributeDefinitions(RequestReader in, Violations violations) {
        List<AttributeDefinition> definitions = new ArrayList<>();
        in.beginList();
        while (in.nextElement()) {
            String path = "attributeDefinitions." + (definitions.size() + 1) + ".member";
            definitions.add(attributeDefinition(in, path, violations));
        }
        return definitions;
    }

    private static AttributeDefinition attributeDefinition(
            RequestReader in, String path, Violations violations) {
        String name = null;
        String type = null;
        in.beginStructure("AttributeDefinition", Position.VALUE);
        String member;
        while ((member = in.nextMember()) != null) {
            switch (member) {
                case "AttributeName" -> name = in.string();
                case "AttributeType" -> type = in.string();
                default -> in.skip();
            }
        }
        Optional<ScalarType> known = Members.ATTRIBUTE_TYPE.checkRequired(path, type, violations);
        Members.KEY_ATTRIBUTE_NAME.checkRequired(path, name, violations);
        return new AttributeDefinition(name == null ? "" : name, known.orElse(ScalarType.S));
    }

    /**
     * Reads a key schema.
     *
     * @param maxLength attributes at most
     */
    static List<KeySchemaElement> keySchema(
            RequestReader in, String path, int maxLength, Violations violations) {
        List<KeySchemaElement> elements = new ArrayList<>();
        Violations ofElements = new Violations();
        in.beginList();
        while (in.nextElement()) {
            String elementPath = path + "." + (elements.size() + 1) + ".member";
            elements.add(keySchemaElement(in, elementPath, ofElements));
        }
        if (elements.isEmpty()) {
            violations.add("[]", path, "Member must have length greater than or equal to 1");
        } else if (elements.size() > maxLength) {
            violations.add(
                    JavaText.ofKeySchema(elements),
                    path,
                    "Member must have length less than or equal to " + maxLength);
        }
        violations.addAll(ofElements);
        return elements;
    }

    private static KeySchemaElement keySchemaElement(
            RequestReader in, String path, Violations violations) {
        String name = null;
        String type = null;
        in.beginStructure("KeySchemaElement", Position.VALUE);
        String member;
        while ((member = in.nextMember()) != null) {
            switch (member) {
                case "AttributeName" -> name = in.string();
                case "KeyType" -> type = in.string();
                default -> in.skip();
            }
        }
        Members.KEY_ATTRIBUTE_NAME.checkRequired(path, name, violations);
        Optional<KeyType> known = Members.KEY_TYPE.checkRequired(path, type, violations);
        return new KeySchemaElement(name == null ? "" : name, known.orElse(KeyType.HASH));
    }

    static IndexProjection projection(RequestReader in, String path, Violations violations) {
        String type = null;
        List<String> nonKeyAttributes = null;
        in.beginStructure("Projection", Position.MEMBER);
        String member;
        while ((member = in.nextMember()) != null) {
            switch (member) {
                case "ProjectionType" -> type = in.string();
                case "NonKeyAttributes" -> nonKeyAttributes = LegacyReader.strings(in);
                default -> in.skip();
            }
        }
        Optional<ProjectionType> known = Members.PROJECTION_TYPE.check(path, type, violations);
        checkNonKeyAttributes(nonKeyAttributes, path + ".nonKeyAttributes", violations);
        return new IndexProjection(known, Optional.ofNullable(nonKeyAttributes));
    }

    private static void checkNonKeyAttributes(
            @Nullable List<String> names, String path, Violations violations) {
        if (names == null) {
            return;
        }
        if (names.isEmpty()) {
            violations.add("[]", path, "Member must have length greater than or equal to 1");
        } else if (names.size() > Members.NON_KEY_ATTRIBUTES_MAX) {
            violations.add(
                    names.toString(),
                    path,
                    "Member must have length less than or equal to "
                            + Members.NON_KEY_ATTRIBUTES_MAX);
        }
        if (!names.stream().allMatch(Members.NON_KEY_ATTRIBUTE::isSatisfiedBy)) {
            violations.add(
                    names.toString(),
                    path,
                    "Member must satisfy constraint: [Member must have length less than or equal"
                            + " to 255, Member must have length greater than or equal to 1]");
        }
    }
}
