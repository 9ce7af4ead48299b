package dev.stator.server.json;

import dev.stator.core.operations.api.AttributeAction;
import dev.stator.core.operations.api.AttributeValueUpdate;
import dev.stator.core.operations.api.ComparisonOperator;
import dev.stator.core.operations.api.ExpectedAttributeValue;
import dev.stator.core.operations.api.LegacyCondition;
import dev.stator.model.AttributeValue;
import dev.stator.server.json.RequestReader.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Reads the maps of the legacy parameters, and the lists and maps of names. */
final class LegacyReader {
    private LegacyReader() {}

    /** Expected of the single writes. */
    static SequencedMap<String, ExpectedAttributeValue> expected(
            RequestReader in, Violations violations) {
        SequencedMap<String, ExpectedAttributeValue> map = new LinkedHashMap<>();
        in.beginMap(RequestReader.shapeType("ExpectedAttributeValue"));
        String attribute;
        while ((attribute = in.nextKey()) != null) {
            if (!in.isNull()) {
                String path = "expected." + attribute + ".member";
                map.put(attribute, expectedValue(in, path, violations));
            }
        }
        return map;
    }

    private static ExpectedAttributeValue expectedValue(
            RequestReader in, String path, Violations violations) {
        AttributeValue value = null;
        Boolean exists = null;
        String operator = null;
        List<AttributeValue> list = null;
        in.beginStructure("ExpectedAttributeValue", Position.VALUE);
        String member;
        while ((member = in.nextMember()) != null) {
            switch (member) {
                case "Value" -> value = in.values().member();
                case "Exists" -> exists = in.bool();
                case "ComparisonOperator" -> operator = in.string();
                case "AttributeValueList" -> list = in.values().list();
                default -> in.skip();
            }
        }
        Optional<ComparisonOperator> known =
                Members.COMPARISON_OPERATOR.check(path, operator, violations);
        return new ExpectedAttributeValue(
                Optional.ofNullable(value),
                Optional.ofNullable(exists),
                known,
                Optional.ofNullable(list));
    }

    /**
     * KeyConditions, QueryFilter and ScanFilter.
     *
     * @param member as messages call it
     */
    static SequencedMap<String, LegacyCondition> conditions(
            RequestReader in, String member, Violations violations) {
        SequencedMap<String, LegacyCondition> map = new LinkedHashMap<>();
        in.beginMap(RequestReader.shapeType("Condition"));
        String attribute;
        while ((attribute = in.nextKey()) != null) {
            if (!in.isNull()) {
                String path = member + "." + attribute + ".member";
                map.put(attribute, condition(in, path, violations));
            }
        }
        return map;
    }

    private static LegacyCondition condition(RequestReader in, String path, Violations violations) {
        String operator = null;
        List<AttributeValue> list = null;
        in.beginStructure("Condition", Position.VALUE);
        String member;
        while ((member = in.nextMember()) != null) {
            switch (member) {
                case "ComparisonOperator" -> operator = in.string();
                case "AttributeValueList" -> list = in.values().list();
                default -> in.skip();
            }
        }
        // An unknown operator was noted, so whatever stands for it is never seen.
        ComparisonOperator known =
                Members.COMPARISON_OPERATOR
                        .checkRequired(path, operator, violations)
                        .orElse(ComparisonOperator.EQ);
        return new LegacyCondition(known, Optional.ofNullable(list));
    }

    /** AttributeUpdates of UpdateItem. */
    static SequencedMap<String, AttributeValueUpdate> updates(
            RequestReader in, Violations violations) {
        SequencedMap<String, AttributeValueUpdate> map = new LinkedHashMap<>();
        in.beginMap(RequestReader.shapeType("AttributeValueUpdate"));
        String attribute;
        while ((attribute = in.nextKey()) != null) {
            if (!in.isNull()) {
                String path = "attributeUpdates." + attribute + ".member";
                map.put(attribute, update(in, path, violations));
            }
        }
        return map;
    }

    private static AttributeValueUpdate update(
            RequestReader in, String path, Violations violations) {
        AttributeValue value = null;
        String action = null;
        in.beginStructure("AttributeValueUpdate", Position.VALUE);
        String member;
        while ((member = in.nextMember()) != null) {
            switch (member) {
                case "Value" -> value = in.values().member();
                case "Action" -> action = in.string();
                default -> in.skip();
            }
        }
        Optional<AttributeAction> known = Members.ATTRIBUTE_ACTION.check(path, action, violations);
        return new AttributeValueUpdate(Optional.ofNullable(value), known);
    }

    /** ExpressionAttributeNames. */
    static SequencedMap<String, String> names(RequestReader in) {
        SequencedMap<String, String> names = new LinkedHashMap<>();
        in.beginMap("java.lang.String");
        String placeholder;
        while ((placeholder = in.nextKey()) != null) {
            if (!in.isNull()) {
                names.put(placeholder, in.string());
            }
        }
        return names;
    }

    /** A list of strings; elements that are null are left out. */
    static List<String> strings(RequestReader in) {
        List<String> strings = new ArrayList<>();
        in.beginList();
        while (in.nextElement()) {
            if (!in.isNull()) {
                strings.add(in.string());
            }
        }
        return strings;
    }

    /** Checks AttributesToGet. */
    static void checkAttributesToGet(@Nullable List<String> attributes, Violations violations) {
        if (attributes != null && attributes.isEmpty()) {
            violations.add(
                    "[]", "attributesToGet", "Member must have length greater than or equal to 1");
        }
    }
}
