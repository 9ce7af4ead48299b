package dev.stator.server.json;

import dev.stator.core.operations.api.AttributeDefinition;
import dev.stator.core.operations.api.GlobalSecondaryIndexUpdate;
import dev.stator.core.operations.api.TableOptions;
import dev.stator.core.operations.api.UpdateTableRequest;
import dev.stator.core.operations.api.UpdateTableResponse;
import dev.stator.model.table.BillingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** UpdateTable. */
final class UpdateTableCodec {
    /** Members of the service model that the request record has no shape for. */
    private static final List<String> OTHER_MEMBERS =
            List.of(
                    "ReplicaUpdates",
                    "MultiRegionConsistency",
                    "GlobalTableWitnessUpdates",
                    "GlobalTableSettingsReplicationMode",
                    "VectorIndexUpdates");

    private UpdateTableCodec() {}

    static UpdateTableRequest read(RequestReader in) {
        String tableName = null;
        List<AttributeDefinition> attributeDefinitions = null;
        String billingMode = null;
        List<GlobalSecondaryIndexUpdate> indexUpdates = null;
        ThroughputReader throughput = new ThroughputReader();
        TableOptionsReader options = new TableOptionsReader();
        List<String> otherMembers = new ArrayList<>();
        Violations nested = new Violations();
        in.beginRequest("UpdateTableInput");
        String member;
        while ((member = in.nextMember()) != null) {
            switch (member) {
                case "TableName" -> tableName = in.string();
                case "AttributeDefinitions" ->
                        attributeDefinitions = KeySchemaReader.attributeDefinitions(in, nested);
                case "BillingMode" -> billingMode = in.string();
                case "GlobalSecondaryIndexUpdates" ->
                        indexUpdates = IndexReader.updates(in, nested);
                default -> {
                    boolean read =
                            throughput.read(member, "", in, nested)
                                    || options.read(member, in, nested);
                    if (!read) {
                        if (OTHER_MEMBERS.contains(member)) {
                            otherMembers.add(member);
                        }
                        in.skip();
                    }
                }
            }
        }
        in.endRequest();
        String name = TableNames.required(tableName);
        Violations violations = new Violations();
        Optional<BillingMode> mode = Members.BILLING_MODE.check(billingMode, violations);
        TableNames.checkOfTable(name, violations);
        violations.addAll(nested);
        TableOptions knownOptions = options.options(violations);
        violations.throwIfAny();
        options.checkTableClass();
        return new UpdateTableRequest(
                name,
                Optional.ofNullable(attributeDefinitions),
                mode,
                throughput.settings(),
                Optional.ofNullable(indexUpdates),
                knownOptions,
                otherMembers);
    }

    static void write(UpdateTableResponse response, JsonGenerator out) {
        TableDescriptionWriter.write("TableDescription", response.tableDescription(), out);
    }
}
