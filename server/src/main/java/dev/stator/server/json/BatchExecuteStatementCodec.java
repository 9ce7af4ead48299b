package dev.stator.server.json;

import dev.stator.core.operations.api.BatchExecuteStatementRequest;
import dev.stator.core.operations.api.BatchExecuteStatementResponse;
import dev.stator.core.operations.api.ReturnConsumedCapacity;
import dev.stator.core.operations.api.StatementText;
import dev.stator.server.json.RequestReader.Position;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** BatchExecuteStatement. */
final class BatchExecuteStatementCodec {
    private static final int STATEMENTS_MAX = 25;
    private static final String SHAPE = "BatchStatementRequest";
    private static final String STATEMENTS = "statements";

    private BatchExecuteStatementCodec() {}

    static BatchExecuteStatementRequest read(RequestReader in) {
        List<StatementReader> statements = null;
        String shown = "";
        String returnConsumedCapacity = null;
        in.beginRequest("BatchExecuteStatementInput");
        String member;
        while ((member = in.nextMember()) != null) {
            switch (member) {
                case "Statements" -> {
                    int from = in.position();
                    statements = statements(in);
                    shown = in.bodyText(from, in.position() + 1);
                }
                case "ReturnConsumedCapacity" -> returnConsumedCapacity = in.string();
                default -> in.skip();
            }
        }
        in.endRequest();
        Violations violations = new Violations();
        checkCount(statements, shown, violations);
        List<StatementText> texts = texts(statements, violations);
        ReturnConsumedCapacity capacity =
                Members.RETURN_CONSUMED_CAPACITY.check(
                        returnConsumedCapacity, ReturnConsumedCapacity.NONE, violations);
        violations.throwIfAny();
        return new BatchExecuteStatementRequest(texts, capacity);
    }

    private static List<StatementReader> statements(RequestReader in) {
        List<StatementReader> statements = new ArrayList<>();
        in.beginList();
        while (in.nextElement()) {
            StatementReader statement = new StatementReader();
            if (!in.isNull()) {
                in.beginStructure(SHAPE, Position.VALUE);
                String member;
                while ((member = in.nextMember()) != null) {
                    statement.read(member, in);
                }
            }
            statements.add(statement);
        }
        return statements;
    }

    private static void checkCount(
            @Nullable List<StatementReader> statements, String shown, Violations violations) {
        if (statements == null) {
            violations.addNull(STATEMENTS);
        } else if (statements.isEmpty()) {
            violations.add(shown, STATEMENTS, "Member must have length greater than or equal to 1");
        } else if (statements.size() > STATEMENTS_MAX) {
            violations.add(
                    shown,
                    STATEMENTS,
                    "Member must have length less than or equal to " + STATEMENTS_MAX);
        }
    }

    private static List<StatementText> texts(
            @Nullable List<StatementReader> statements, Violations violations) {
        List<StatementText> texts = new ArrayList<>();
        if (statements == null) {
            return texts;
        }
        for (int i = 0; i < statements.size(); i++) {
            statements.get(i).check(STATEMENTS + '.' + (i + 1) + ".member", violations);
        }
        if (violations.isEmpty()) {
            statements.forEach(statement -> texts.add(statement.text()));
        }
        return texts;
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

    private static void write(BatchExecuteStatementResponse.Error error, JsonGenerator out) {
        out.writeObjectPropertyStart("Error");
        out.writeStringProperty("Code", error.code());
        out.writeStringProperty("Message", error.message());
        ItemWriter.writeOptional("Item", error.item(), out);
        out.writeEndObject();
    }
}
