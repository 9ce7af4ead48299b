package dev.stator.server.json;

import dev.stator.core.operations.api.LegacyCondition;
import dev.stator.core.operations.api.QueryKeyCondition;
import dev.stator.core.operations.api.QueryRequest;
import dev.stator.core.operations.api.QueryResponse;
import dev.stator.model.error.ApiException;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.core.JsonGenerator;

/** Query. */
final class QueryCodec {
    private QueryCodec() {}

    static QueryRequest read(RequestReader in) {
        RangeReadMembers common = new RangeReadMembers("QueryFilter");
        String keyCondition = null;
        SequencedMap<String, LegacyCondition> keyConditions = null;
        Violations keyConditionViolations = new Violations();
        boolean forward = true;
        in.beginRequest("QueryInput");
        String member;
        while ((member = in.nextMember()) != null) {
            switch (member) {
                case "KeyConditionExpression" -> keyCondition = in.string();
                case "KeyConditions" ->
                        keyConditions =
                                LegacyReader.conditions(
                                        in, "keyConditions", keyConditionViolations);
                case "ScanIndexForward" -> forward = in.bool();
                default -> common.read(member, in);
            }
        }
        in.endRequest();
        refuseEarly(common);
        Violations violations = new Violations();
        common.checkFirst(null, violations);
        common.checkSelect(violations);
        violations.addAll(keyConditionViolations);
        common.checkNames(violations);
        violations.throwIfAny();
        in.valueErrors().throwIfAny();
        return new QueryRequest(
                Objects.requireNonNull(common.tableName()),
                new QueryKeyCondition(
                        Optional.ofNullable(keyCondition), Optional.ofNullable(keyConditions)),
                forward,
                common.toRangeRead());
    }

    /** Three members that the service reads before all others, in words of their own. */
    private static void refuseEarly(RangeReadMembers common) {
        TableNames.refuseEmpty(common.tableName());
        Integer limit = common.limit();
        if (limit != null && limit < 1) {
            throw Violations.single(
                    "Value at 'Limit' failed to satisfy constraint:"
                            + " Member must have value greater than or equal to 1");
        }
        String operator = common.conditionalOperator();
        if (operator != null && Members.CONDITIONAL_OPERATOR.find(operator).isEmpty()) {
            throw ApiException.validation(WriteMembers.BAD_CONDITIONAL_OPERATOR);
        }
    }

    static void write(QueryResponse response, JsonGenerator out) {
        response.items().ifPresent(items -> ItemWriter.writeList("Items", items, out));
        out.writeNumberProperty("Count", response.count());
        out.writeNumberProperty("ScannedCount", response.scannedCount());
        ItemWriter.writeOptional("LastEvaluatedKey", response.lastEvaluatedKey(), out);
        CapacityWriter.writeOptional(response.consumedCapacity(), out);
    }
}
