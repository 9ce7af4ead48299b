package dev.stator.model.table;

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
            Throughput throughput)
            implements SecondaryIndex {
        public Global withState(State changed) {
            return new Global(name, keySchema, projection, changed, throughput);
        }

        public Global withThroughput(Throughput changed) {
            return new Global(name, keySchema, projection, state, changed);
        }
    }

    /** The state of a global secondary index. */
    record State(IndexStatus status, boolean backfilling) {
        public static final State ACTIVE = new State(IndexStatus.ACTIVE, false);
    }
}
