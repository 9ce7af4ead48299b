package dev.stator.server.json;

import dev.stator.core.operations.api.GlobalSecondaryIndex;
import dev.stator.core.operations.api.GlobalSecondaryIndexUpdate;
import dev.stator.core.operations.api.IndexProjection;
import dev.stator.core.operations.api.KeySchemaElement;
import dev.stator.core.operations.api.LocalSecondaryIndex;
import dev.stator.core.operations.api.ThroughputSettings;
import dev.stator.server.json.RequestReader.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads secondary indexes. */
final class IndexReader {
    private static final int LOCAL_KEY_LENGTH_MAX = 2;
    private static final int GLOBAL_KEY_LENGTH_MAX = 8;

    private IndexReader() {}

    static List<LocalSecondaryIndex> local(RequestReader in, Violations violations) {
        List<LocalSecondaryIndex> indexes = new ArrayList<>();
        in.beginList();
        while (in.nextElement()) {
            String path = "localSecondaryIndexes." + (indexes.size() + 1) + ".member";
            in.beginStructure("LocalSecondaryIndex", Position.VALUE);
            Parts parts = Parts.read(in, path, LOCAL_KEY_LENGTH_MAX, violations);
            indexes.add(
                    new LocalSecondaryIndex(parts.indexName, parts.keySchema, parts.projection));
        }
        return indexes;
    }

    static List<GlobalSecondaryIndex> global(RequestReader in, Violations violations) {
        List<GlobalSecondaryIndex> indexes = new ArrayList<>();
        in.beginList();
        while (in.nextElement()) {
            String path = "globalSecondaryIndexes." + (indexes.size() + 1) + ".member";
            in.beginStructure("GlobalSecondaryIndex", Position.VALUE);
            indexes.add(globalMembers(in, path, violations));
        }
        return indexes;
    }

    static List<GlobalSecondaryIndexUpdate> updates(RequestReader in, Violations violations) {
        List<GlobalSecondaryIndexUpdate> updates = new ArrayList<>();
        in.beginList();
        while (in.nextElement()) {
            String path = "globalSecondaryIndexUpdates." + (updates.size() + 1) + ".member";
            updates.add(update(in, path, violations));
        }
        return updates;
    }

    private static GlobalSecondaryIndexUpdate update(
            RequestReader in, String path, Violations violations) {
        GlobalSecondaryIndex create = null;
        GlobalSecondaryIndexUpdate.Update update = null;
        String delete = null;
        in.beginStructure("GlobalSecondaryIndexUpdate", Position.VALUE);
        String member;
        while ((member = in.nextMember()) != null) {
            switch (member) {
                case "Create" -> {
                    in.beginStructure("CreateGlobalSecondaryIndexAction", Position.MEMBER);
                    create = globalMembers(in, path + ".create", violations);
                }
                case "Update" -> update = throughputUpdate(in, path + ".update", violations);
                case "Delete" -> delete = indexToDelete(in, path + ".delete", violations);
                default -> in.skip();
            }
        }
        return new GlobalSecondaryIndexUpdate(
                Optional.ofNullable(create),
                Optional.ofNullable(update),
                Optional.ofNullable(delete));
    }

    private static GlobalSecondaryIndexUpdate.Update throughputUpdate(
            RequestReader in, String path, Violations violations) {
        String indexName = null;
        ThroughputReader throughput = new ThroughputReader();
        in.beginStructure("UpdateGlobalSecondaryIndexAction", Position.MEMBER);
        String member;
        while ((member = in.nextMember()) != null) {
            if (member.equals("IndexName")) {
                indexName = in.string();
            } else if (!throughput.read(member, path + ".", in, violations)) {
                in.skip();
            }
        }
        Members.INDEX_NAME.checkRequiredLengthFirst(path, indexName, violations);
        return new GlobalSecondaryIndexUpdate.Update(
                indexName == null ? "" : indexName, throughput.settings());
    }

    private static String indexToDelete(RequestReader in, String path, Violations violations) {
        String indexName = null;
        in.beginStructure("DeleteGlobalSecondaryIndexAction", Position.MEMBER);
        String member;
        while ((member = in.nextMember()) != null) {
            if (member.equals("IndexName")) {
                indexName = in.string();
            } else {
                in.skip();
            }
        }
        Members.INDEX_NAME.checkRequiredLengthFirst(path, indexName, violations);
        return indexName == null ? "" : indexName;
    }

    private static GlobalSecondaryIndex globalMembers(
            RequestReader in, String path, Violations violations) {
        Parts parts = Parts.read(in, path, GLOBAL_KEY_LENGTH_MAX, violations);
        return new GlobalSecondaryIndex(
                parts.indexName, parts.keySchema, parts.projection, parts.throughput);
    }

    /** The members of an index. Where one is absent that is noted, and something stands for it. */
    private record Parts(
            String indexName,
            List<KeySchemaElement> keySchema,
            IndexProjection projection,
            ThroughputSettings throughput) {

        static Parts read(RequestReader in, String path, int keyLengthMax, Violations violations) {
            String indexName = null;
            List<KeySchemaElement> keySchema = null;
            IndexProjection projection = null;
            ThroughputReader throughput = new ThroughputReader();
            String member;
            while ((member = in.nextMember()) != null) {
                switch (member) {
                    case "IndexName" -> indexName = in.string();
                    case "KeySchema" ->
                            keySchema =
                                    KeySchemaReader.keySchema(
                                            in, path + ".keySchema", keyLengthMax, violations);
                    case "Projection" ->
                            projection =
                                    KeySchemaReader.projection(
                                            in, path + ".projection", violations);
                    default -> {
                        if (!throughput.read(member, path + ".", in, violations)) {
                            in.skip();
                        }
                    }
                }
            }
            if (projection == null) {
                violations.addNull(path + ".projection");
            }
            Members.INDEX_NAME.checkRequiredLengthFirst(path, indexName, violations);
            if (keySchema == null) {
                violations.addNull(path + ".keySchema");
            }
            return new Parts(
                    indexName == null ? "" : indexName,
                    keySchema == null ? List.of() : keySchema,
                    projection == null
                            ? new IndexProjection(Optional.empty(), Optional.empty())
                            : projection,
                    throughput.settings());
        }
    }
}
