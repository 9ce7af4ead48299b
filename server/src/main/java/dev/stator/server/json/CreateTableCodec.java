package dev.stator.server.json;

import dev.stator.core.operations.api.AttributeDefinition;
import dev.stator.core.operations.api.CreateTableRequest;
import dev.stator.core.operations.api.CreateTableResponse;
import dev.stator.core.operations.api.GlobalSecondaryIndex;
import dev.stator.core.operations.api.KeySchemaElement;
import dev.stator.core.operations.api.LocalSecondaryIndex;
import dev.stator.core.operations.api.TableOptions;
import dev.stator.core.operations.api.Tag;
import dev.stator.model.table.BillingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** CreateTable. */
final class CreateTableCodec {
    private static final int KEY_LENGTH_MAX = 2;

    /** Members of the service model that the request record has no shape for. */
    private static final List<String> OTHER_MEMBERS =
            List.of(
                    "ResourcePolicy",
                    "GlobalTableSourceArn",
                    "GlobalTableSettingsReplicationMode",
                    "VectorIndexes");

    private CreateTableCodec() {}

    static CreateTableRequest read(RequestReader in) {
        Parts parts = new Parts();
        in.beginRequest("CreateTableInput");
        String member;
        while ((member = in.nextMember()) != null) {
            parts.read(member, in);
        }
        in.endRequest();
        return parts.toRequest();
    }

    static void write(CreateTableResponse response, JsonGenerator out) {
        TableDescriptionWriter.write("TableDescription", response.tableDescription(), out);
    }

    /** What was read; the violations of each member wait for their turn in the message. */
    private static final class Parts {
        private @Nullable String tableName;
        private @Nullable List<AttributeDefinition> attributeDefinitions;
        private @Nullable List<KeySchemaElement> keySchema;
        private @Nullable List<LocalSecondaryIndex> localIndexes;
        private @Nullable List<GlobalSecondaryIndex> globalIndexes;
        private @Nullable String billingMode;
        private @Nullable List<Tag> tags;
        private final ThroughputReader throughput = new ThroughputReader();
        private final TableOptionsReader options = new TableOptionsReader();
        private final List<String> otherMembers = new ArrayList<>();
        private final Violations ofDefinitions = new Violations();
        private final Violations ofThroughput = new Violations();
        private final Violations ofKeySchema = new Violations();
        private final Violations ofGlobalIndexes = new Violations();
        private final Violations ofLocalIndexes = new Violations();
        private final Violations ofOptions = new Violations();

        void read(String member, RequestReader in) {
            switch (member) {
                case "TableName" -> tableName = in.string();
                case "AttributeDefinitions" ->
                        attributeDefinitions =
                                KeySchemaReader.attributeDefinitions(in, ofDefinitions);
                case "KeySchema" ->
                        keySchema =
                                KeySchemaReader.keySchema(
                                        in, "keySchema", KEY_LENGTH_MAX, ofKeySchema);
                case "LocalSecondaryIndexes" ->
                        localIndexes = IndexReader.local(in, ofLocalIndexes);
                case "GlobalSecondaryIndexes" ->
                        globalIndexes = IndexReader.global(in, ofGlobalIndexes);
                case "BillingMode" -> billingMode = in.string();
                case "Tags" -> tags = TableOptionsReader.tags(in);
                default -> readSettingOrSkip(member, in);
            }
        }

        private void readSettingOrSkip(String member, RequestReader in) {
            boolean read =
                    throughput.read(member, "", in, ofThroughput)
                            || options.read(member, in, ofOptions);
            if (!read) {
                if (OTHER_MEMBERS.contains(member)) {
                    otherMembers.add(member);
                }
                in.skip();
            }
        }

        CreateTableRequest toRequest() {
            String name = TableNames.required(tableName);
            Violations violations = new Violations();
            Optional<BillingMode> mode = Members.BILLING_MODE.check(billingMode, violations);
            boolean replica = otherMembers.contains("GlobalTableSourceArn");
            if (attributeDefinitions == null && !replica) {
                violations.addNull("attributeDefinitions");
            }
            violations.addAll(ofDefinitions);
            TableNames.checkOfTable(name, violations);
            violations.addAll(ofThroughput);
            if (keySchema == null && !replica) {
                violations.addNull("keySchema");
            }
            violations.addAll(ofKeySchema);
            violations.addAll(ofGlobalIndexes);
            violations.addAll(ofLocalIndexes);
            violations.addAll(ofOptions);
            TableOptions knownOptions = options.options(violations);
            violations.throwIfAny();
            options.checkTableClass();
            return new CreateTableRequest(
                    name,
                    Optional.ofNullable(attributeDefinitions),
                    Optional.ofNullable(keySchema),
                    Optional.ofNullable(localIndexes),
                    Optional.ofNullable(globalIndexes),
                    mode,
                    throughput.settings(),
                    knownOptions,
                    Optional.ofNullable(tags),
                    otherMembers);
        }
    }
}
