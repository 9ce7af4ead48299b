package dev.stator.server.json;

import dev.stator.core.operations.api.ExecuteTransactionRequest;
import dev.stator.core.operations.api.ExecuteTransactionResponse;
import dev.stator.core.operations.api.ReturnConsumedCapacity;
import dev.stator.model.Item;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** ExecuteTransaction. */
final class ExecuteTransactionCodec {
    private static final int STATEMENTS_MAX = 100;
    private static final StringMember TOKEN = new StringMember("clientRequestToken", 1, 36, false);

    private ExecuteTransactionCodec() {}

    static ExecuteTransactionRequest read(RequestReader in) {
        StatementListReader statements =
                new StatementListReader(
                        "ParameterizedStatement", "transactStatements", STATEMENTS_MAX);
        String token = null;
        String returnConsumedCapacity = null;
        in.beginRequest("ExecuteTransactionInput");
        String member;
        while ((member = in.nextMember()) != null) {
            switch (member) {
                case "TransactStatements" -> statements.read(in);
                case "ClientRequestToken" -> token = in.string();
                case "ReturnConsumedCapacity" -> returnConsumedCapacity = in.string();
                default -> in.skip();
            }
        }
        in.endRequest();
        Violations violations = new Violations();
        statements.check(violations);
        TOKEN.check(token, violations);
        ReturnConsumedCapacity capacity =
                Members.RETURN_CONSUMED_CAPACITY.check(
                        returnConsumedCapacity, ReturnConsumedCapacity.NONE, violations);
        violations.throwIfAny();
        return new ExecuteTransactionRequest(
                statements.texts(), Optional.ofNullable(token), capacity);
    }

    static void write(ExecuteTransactionResponse response, JsonGenerator out) {
        out.writeArrayPropertyStart("Responses");
        for (Optional<Item> item : response.responses()) {
            out.writeStartObject();
            ItemWriter.writeOptional("Item", item, out);
            out.writeEndObject();
        }
        out.writeEndArray();
        CapacityWriter.writeList(response.consumedCapacity(), out);
    }
}
