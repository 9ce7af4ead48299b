package dev.stator.server.json;

/** Reads requests whose only member is the name of a table. */
final class TableNameReader {
    private TableNameReader() {}

    static String read(RequestReader in, String shape) {
        String tableName = null;
        in.beginRequest(shape);
        String member;
        while ((member = in.nextMember()) != null) {
            if (member.equals("TableName")) {
                tableName = in.string();
            } else {
                in.skip();
            }
        }
        in.endRequest();
        String name = TableNames.required(tableName);
        Violations violations = new Violations();
        TableNames.checkOfTable(name, violations);
        violations.throwIfAny();
        return name;
    }

    /** Reads a request that has no members. */
    static void readNone(RequestReader in, String shape) {
        in.beginRequest(shape);
        while (in.nextMember() != null) {
            in.skip();
        }
        in.endRequest();
    }
}
