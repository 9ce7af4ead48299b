package dev.stator.server.json;

import dev.stator.core.operations.api.ExecuteStatementRequest;
import dev.stator.core.operations.api.ExecuteStatementResponse;
import dev.stator.core.operations.api.ReturnConsumedCapacity;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.core.JsonGenerator;

/** ExecuteStatement. */
final class ExecuteStatementCodec {
    private ExecuteStatementCodec() {}

    static ExecuteStatementRequest read(RequestReader in) {
        StatementReader statement = new StatementReader();
        String nextToken = null;
        Integer limit = null;
        String returnConsumedCapacity = null;
        in.beginRequest("ExecuteStatementInput");
        String member;
        while ((member = in.nextMember()) != null) {
            switch (member) {
                case "NextToken" -> nextToken = in.string();
                case "Limit" -> limit = in.integer();
                case "ReturnConsumedCapacity" -> returnConsumedCapacity = in.string();
                default -> statement.read(member, in);
            }
        }
        in.endRequest();
        Violations violations = new Violations();
        statement.check(violations);
        Members.NEXT_TOKEN.check(nextToken, violations);
        ReturnConsumedCapacity capacity =
                Members.RETURN_CONSUMED_CAPACITY.check(
                        returnConsumedCapacity, ReturnConsumedCapacity.NONE, violations);
        Members.SCAN_LIMIT.check(limit, violations);
        violations.throwIfAny();
        return new ExecuteStatementRequest(
                statement.text(),
                Optional.ofNullable(nextToken),
                limit == null ? OptionalInt.empty() : OptionalInt.of(limit),
                capacity);
    }

    static void write(ExecuteStatementResponse response, JsonGenerator out) {
        ItemWriter.writeList("Items", response.items(), out);
        response.nextToken().ifPresent(token -> out.writeStringProperty("NextToken", token));
        ItemWriter.writeOptional("LastEvaluatedKey", response.lastEvaluatedKey(), out);
        CapacityWriter.writeOptional(response.consumedCapacity(), out);
    }
}
