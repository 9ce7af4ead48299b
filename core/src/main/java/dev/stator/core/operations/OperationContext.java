package dev.stator.core.operations;

import dev.stator.core.operations.api.ApiResponse;
import dev.stator.core.transactions.ReadOutcome;
import dev.stator.core.transactions.ReadTransaction;
import dev.stator.core.transactions.WriteOutcome;
import dev.stator.core.transactions.WriteTransaction;
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
 * What an operation may ask of the request router that runs it. Each question is answered exactly
 * once, later and by the router's owner thread; the router does the routing, the retries and the
 * deadline. An operation keeps its state in itself, and ends by one call of {@code answer} or
 * {@code fail}; answers that come after that are not delivered. An {@code ApiException} that comes
 * out of one of its steps ends it as {@code fail} does.
 */
public interface OperationContext {

    /** The account of the caller. */
    String accountId();

    /** The name of the operation in the API reference. */
    String operationName();

    /** The region that the cluster stands for, as ARNs name it. */
    String region();

    /**
     * The address that clients of the account should use: a host, and a port if it is not the
     * default.
     */
    String endpoint();

    /** The wall clock at the arrival of the request, in milliseconds since 1970. */
    long arrivedAtMillis();

    /**
     * Looks the table up in the routing metadata; empty where the account has no such table that
     * takes requests.
     */
    void findTable(String tableName, Consumer<Optional<TableDescriptor>> then);

    /**
     * Begins the request anew, with the table as the routing metadata has it by now, if it has done
     * nothing yet and was not begun anew before.
     *
     * @param table as it was found, maybe in a cache
     * @param otherwise run at once where the request is not begun anew
     */
    void lookAgain(TableDescriptor table, Runnable otherwise);

    /** Sends a read or write of one item to the partition that holds the key. */
    void call(
            TableDescriptor table,
            PlacementKey key,
            PartitionRequest request,
            Consumer<Outcome> then);

    /**
     * Sends a range read to the partition where it begins: at its low end if forward, else at its
     * high end.
     *
     * @param read the table's identity, or that of its index which is read
     */
    void callRange(
            TableDescriptor table,
            TableId read,
            PartitionRequest.Range request,
            Consumer<RangeOutcome> then);

    /** Writes several items, all of them or none. */
    void write(WriteTransaction transaction, Consumer<WriteOutcome> then);

    /** Reads several items as they are at one moment. */
    void read(ReadTransaction transaction, Consumer<ReadOutcome> then);

    /** Sends a request to the control plane. {@code NotLeader} is never delivered. */
    void callAdmin(AdminRequest request, Consumer<AdminResponse> then);

    void answer(ApiResponse response);

    void fail(ApiError error);

    /** What came of a call. */
    sealed interface Outcome {
        record Served(PartitionResponse.Served response) implements Outcome {}

        /**
         * @param nothingDone false where a write may have taken place all the same
         */
        record Failed(ApiError error, boolean nothingDone) implements Outcome {}
    }

    /** What came of a range call. */
    sealed interface RangeOutcome {
        /**
         * @param continueAt where the next partition of the asked range begins (forward: its first
         *     key; backward: the exclusive upper bound of what remains); empty where this partition
         *     was the last one
         */
        record Served(PartitionResponse.Page page, Optional<PlacementKey> continueAt)
                implements RangeOutcome {}

        record Failed(ApiError error) implements RangeOutcome {}
    }
}
