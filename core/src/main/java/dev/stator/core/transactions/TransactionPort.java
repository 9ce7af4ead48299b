package dev.stator.core.transactions;

import dev.stator.core.wire.AdminMessage.AdminRequest;
import dev.stator.core.wire.AdminMessage.AdminResponse;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.model.error.ApiError;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.table.TableId;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What transactions ask of the router they run in. Every question is answered exactly once, later,
 * on the router's thread, after a bounded time.
 */
public interface TransactionPort {

    /** Sends a request to the partition of a table that holds the key. */
    void call(TableId table, PlacementKey key, PartitionRequest request, Consumer<Reply> then);

    /** Sends a range read to the partition of a table where it begins. */
    void callRange(TableId table, PartitionRequest.Range request, RangeReceiver then);

    /** Takes what comes of a range read. */
    interface RangeReceiver {
        /**
         * @param continueAt where the next partition of the range begins, if there is one
         */
        void accept(Reply reply, Optional<PlacementKey> continueAt);
    }

    /** Empty where there is no such table, or the metadata cannot be reached. */
    void findTable(String accountId, String tableName, Consumer<Optional<TableDescriptor>> then);

    /** Sends a request to the control plane. */
    void callAdmin(AdminRequest request, Consumer<AdminResponse> then);

    void after(long nanos, Runnable task);

    long nowNanos();

    /** The wall clock, in milliseconds since 1970; zero where it is not known yet. */
    long wallMillis();

    /** What comes of a call. */
    sealed interface Reply {
        record Served(PartitionResponse.Served response) implements Reply {}

        /**
         * @param nothingDone false where a change may have taken place all the same
         */
        record Failed(ApiError error, boolean nothingDone) implements Reply {}

        /** The table is no more. */
        record Gone() implements Reply {}
    }
}
