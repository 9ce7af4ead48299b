package dev.stator.core.autoadmin;

import dev.stator.core.autoadmin.Ledger.Commit;
import dev.stator.core.metadata.Members;
import dev.stator.core.wire.AdminMessage.AdminResponse;
import dev.stator.model.error.ApiError;
import dev.stator.model.key.KeyRange;
import dev.stator.model.table.InitialPartitions;
import dev.stator.model.table.MemberDescriptor;
import dev.stator.model.table.PartitionDescriptor;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.table.TableId;
import dev.stator.model.table.TableIdentity;
import dev.stator.model.table.TableStatus;
import dev.stator.replication.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Creates a table: takes identifiers for it and its groups, which are gone if it comes to nothing,
 * and then writes its record, with the first members of every group (API reference, CreateTable).
 */
final class CreateTask extends ClientTask {
    private final TableDescriptor wanted;

    CreateTask(Tenure tenure, TableDescriptor wanted, Consumer<AdminResponse> reply) {
        super(tenure, reply);
        this.wanted = wanted;
    }

    @Override
    public void start() {
        Optional<ApiError> refusal = refusal();
        if (refusal.isPresent()) {
            fail(refusal.get());
            return;
        }
        List<KeyRange> ranges = InitialPartitions.ranges(wanted.settings().billing());
        Counters given = ledger().counters();
        ledger().write(given.afterTable(ranges.size()), commit -> counted(commit, given, ranges));
    }

    private Optional<ApiError> refusal() {
        Optional<TableRecord> existing = ledger().find(wanted.accountId(), wanted.name());
        if (existing.isPresent()) {
            return Optional.of(
                    existing.get().status() == TableStatus.CREATING
                            ? AdminErrors.beingCreated(wanted.name())
                            : AdminErrors.exists(wanted.name()));
        }
        if (ledger().countOf(wanted.accountId()) >= AdminErrors.MAX_TABLES_PER_ACCOUNT) {
            return Optional.of(AdminErrors.TOO_MANY_TABLES);
        }
        return tenure().mayChangeOneMore()
                ? Optional.empty()
                : Optional.of(AdminErrors.TOO_MANY_CHANGING);
    }

    private void counted(Commit commit, Counters given, List<KeyRange> ranges) {
        if (commit != Commit.DONE) {
            decideAnew();
            return;
        }
        beginWriting();
        TableRecord record = TableRecord.created(placed(given, ranges));
        ledger().create(record, created -> committed(created, record));
    }

    private TableDescriptor placed(Counters given, List<KeyRange> ranges) {
        List<PartitionDescriptor> partitions = new ArrayList<>();
        for (KeyRange range : ranges) {
            long group = given.nextGroup() + partitions.size();
            List<MemberDescriptor> members = new ArrayList<>();
            for (Member member : tenure().placement().members(group)) {
                members.add(Members.describe(member));
            }
            partitions.add(new PartitionDescriptor(group, range, group, members));
        }
        TableIdentity identity =
                new TableIdentity(
                        wanted.accountId(),
                        wanted.name(),
                        new TableId(given.nextTable()),
                        tenure().wallMillis());
        return wanted.withIdentity(identity)
                .withStatus(TableStatus.CREATING)
                .withPartitions(partitions);
    }
}
