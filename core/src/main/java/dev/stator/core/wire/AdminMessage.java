package dev.stator.core.wire;

import dev.stator.model.error.ApiError;
import dev.stator.model.table.BillingMode;
import dev.stator.model.table.ProvisionedThroughput;
import dev.stator.model.table.ScalarType;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.TableClass;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.table.ThroughputLimits;
import dev.stator.replication.NodeId;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What auto-admin is asked: the control plane. Only the auto-admin beside the system group's leader
 * acts.
 */
public sealed interface AdminMessage extends Message {

    record AdminCall(long callId, AdminRequest request) implements AdminMessage {}

    record AdminAnswer(long callId, AdminResponse response) implements AdminMessage {}

    /**
     * A request to the control plane, checked against the API's rules but not yet against what
     * exists.
     */
    sealed interface AdminRequest {
        /**
         * Makes a table.
         *
         * @param table the wanted one; its id, partitions, status and times are given by auto-admin
         */
        record CreateTable(TableDescriptor table) implements AdminRequest {}

        record DescribeTable(String accountId, String tableName) implements AdminRequest {}

        record DeleteTable(String accountId, String tableName) implements AdminRequest {}

        record UpdateTable(String accountId, String tableName, TableChange change)
                implements AdminRequest {}

        /**
         * Names tables in the order of their UTF-8 bytes.
         *
         * @param startAfter the names after this one
         */
        record ListTables(String accountId, Optional<String> startAfter, int limit)
                implements AdminRequest {}
    }

    /** What may be changed about a table; a request changes one kind of thing at a time. */
    sealed interface TableChange {

        /**
         * Mode and throughput, of the table and of its global secondary indexes.
         *
         * @param limits a member of -1 removes that limit
         * @param indexes what is wanted of indexes, by their names
         */
        record Capacity(
                Optional<BillingMode> mode,
                Optional<ProvisionedThroughput> throughput,
                Optional<ThroughputLimits> limits,
                SequencedMap<String, ProvisionedThroughput> indexes)
                implements TableChange {}

        /**
         * What can be served at once, which only rises. Units of 0 leave what there is.
         *
         * @param indexes what is wanted of indexes, by their names
         */
        record Warmth(
                ProvisionedThroughput table, SequencedMap<String, ProvisionedThroughput> indexes)
                implements TableChange {}

        /**
         * Limits of on-demand indexes, by the names of the indexes.
         *
         * @param indexes a member of -1 removes that limit
         */
        record IndexLimits(SequencedMap<String, ThroughputLimits> indexes) implements TableChange {}

        record DeletionProtection(boolean enabled) implements TableChange {}

        record StorageClass(TableClass tableClass) implements TableChange {}

        /**
         * @param definitions the types of the attributes that are keys of the index
         */
        record AddIndex(SecondaryIndex.Global index, SequencedMap<String, ScalarType> definitions)
                implements TableChange {}

        record DropIndex(String indexName) implements TableChange {}

        /** Sets tags and removes tags; a table has fifty at most. */
        record Tags(SequencedMap<String, String> set, List<String> removed)
                implements TableChange {}
    }

    /** What auto-admin answers. */
    sealed interface AdminResponse {
        /**
         * A table.
         *
         * @param contents what was last counted in it
         */
        record Table(TableDescriptor table, TableContents contents) implements AdminResponse {}

        record TableNames(List<String> names, boolean more) implements AdminResponse {}

        record Failed(ApiError error) implements AdminResponse {}

        /** Nothing was done. */
        record NotLeader(Optional<NodeId> leader) implements AdminResponse {}
    }
}
