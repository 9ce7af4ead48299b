package dev.stator.model.table;

import java.util.List;

/** An index of a table. */
public sealed interface SecondaryIndex {
    String name();

    IndexKeySchema keySchema();

    IndexProjection projection();

    /** Lives in the partitions of its table; made with the table only. */
    record Local(String name, IndexKeySchema keySchema, IndexProjection projection)
            implements SecondaryIndex {}

    /**
     * Has partitions and throughput of its own.
     *
     * @param state the status, and whether items that were there before are still being added
     */
    record Global(
            String name,
            IndexKeySchema keySchema,
            IndexProjection projection,
            State state,
            Throughput throughput,
            Placement placement)
            implements SecondaryIndex {

        /** An index that is wanted but has no partitions yet. */
        public Global(
                String name,
                IndexKeySchema keySchema,
                IndexProjection projection,
                State state,
                Throughput throughput) {
            this(name, keySchema, projection, state, throughput, Placement.NONE);
        }

        public Global withState(State changed) {
            return new Global(name, keySchema, projection, changed, throughput, placement);
        }

        public Global withThroughput(Throughput changed) {
            return new Global(name, keySchema, projection, state, changed, placement);
        }

        public Global withPlacement(Placement changed) {
            return new Global(name, keySchema, projection, state, throughput, changed);
        }
    }

    /**
     * Where the entries of a global secondary index are.
     *
     * @param id its identity, from the same numbers as those of tables and never used again: an
     *     index is routed to, and lies in stores, as a table does
     * @param partitions in the order of their ranges of index keys, which cover all of them
     */
    record Placement(TableId id, List<PartitionDescriptor> partitions) {
        /** Of an index that was not placed yet. */
        public static final Placement NONE = new Placement(TableId.NONE, List.of());

        public Placement {
            partitions = List.copyOf(partitions);
        }
    }

    /** The state of a global secondary index. */
    record State(IndexStatus status, boolean backfilling) {
        public static final State ACTIVE = new State(IndexStatus.ACTIVE, false);
    }
}
