package dev.stator.server.json;

import dev.stator.core.operations.api.ListTablesRequest;
import dev.stator.core.operations.api.ListTablesResponse;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** ListTables. */
final class ListTablesCodec {
    private ListTablesCodec() {}

    static ListTablesRequest read(RequestReader in) {
        String startName = null;
        Integer limit = null;
        in.beginRequest("ListTablesInput");
        String member;
        while ((member = in.nextMember()) != null) {
            switch (member) {
                case "ExclusiveStartTableName" -> startName = in.string();
                case "Limit" -> limit = in.integer();
                default -> in.skip();
            }
        }
        in.endRequest();
        Violations violations = new Violations();
        Members.LIST_TABLES_LIMIT.check(limit, violations);
        Members.EXCLUSIVE_START_TABLE_NAME.check(startName, violations);
        violations.throwIfAny();
        return new ListTablesRequest(
                Optional.ofNullable(startName),
                limit == null ? ListTablesRequest.DEFAULT_LIMIT : limit);
    }

    static void write(ListTablesResponse response, JsonGenerator out) {
        StringsWriter.write("TableNames", response.tableNames(), out);
        StringsWriter.writeOptional(
                "LastEvaluatedTableName", response.lastEvaluatedTableName(), out);
    }
}
