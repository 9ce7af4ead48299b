package dev.stator.server.json;

import dev.stator.core.operations.api.BatchExecuteStatementRequest;
import dev.stator.core.operations.api.BatchExecuteStatementResponse;
import dev.stator.core.operations.api.ReturnConsumedCapacity;
import tools.jackson.core.JsonGenerator;

/** BatchExecuteStatement. */
final class BatchExecuteStatementCodec {
    private static final int STATEMENTS_MAX = 25;
    private static final String SHAPE = "BatchStatementRequest";
    private static final String STATEMENTS = "statements";

    private BatchExecuteStatementCodec() {}

    static BatchExecuteStatementRequest read(RequestReader in) {
        StatementListReader statements = new StatementListReader(SHAPE, STATEMENTS, STATEMENTS_MAX);
        String returnConsumedCapacity = null;
        in.beginRequest("BatchExecuteStatementInput");
        String member;
        while ((member = in.nextMember()) != null) {
            switch (member) {
                case "Statements" -> statements.read(in);
                case "ReturnConsumedCapacity" -> returnConsumedCapacity = in.string();
                default -> in.skip();
            }
        }
        in.endRequest();
        Violations violations = new Violations();
        statements.check(violations);
        ReturnConsumedCapacity capacity =
                Members.RETURN_CONSUMED_CAPACITY.check(
                        returnConsumedCapacity, ReturnConsumedCapacity.NONE, violations);
        violations.throwIfAny();
        return new BatchExecuteStatementRequest(statements.texts(), capacity);
    }

    static void write(BatchExecuteStatementResponse response, JsonGenerator out) {
        out.writeArrayPropertyStart("Responses");
        for (BatchExecuteStatementResponse.Of one : response.responses()) {
            out.writeStartObject();
            one.error().ifPresent(error -> write(error, out));
            StringsWriter.writeOptional("TableName", one.tableName(), out);
            ItemWriter.writeOptional("Item", one.item(), out);
            out.writeEndObject();
        }
        out.writeEndArray();
        CapacityWriter.writeList(response.consumedCapacity(), out);
    }

    private static void write(BatchExecuteStatementResponse.Failure error, JsonGenerator out) {
        out.writeObjectPropertyStart("Error");
        out.writeStringProperty("Code", error.code());
        out.writeStringProperty("Message", error.message());
        ItemWriter.writeOptional("Item", error.item(), out);
        out.writeEndObject();
    }
}
