package dev.stator.benchmarks.replicated;

import java.io.IOException;

/** Something that writes replicated and durably. Fresh for each round. */
interface Contender extends AutoCloseable {

    /**
     * Starts a write of the item of that number. A writer has one write under way; how it ended is
     * told to the {@link Outcomes} that the contender was opened with, by any thread.
     */
    void write(int writer, int item);

    @Override
    void close() throws IOException;

    /** Where the outcomes of writes go. */
    interface Outcomes {
        /** Two of three copies are durable. */
        void acknowledged(int writer);

        /** Whether it will be durable is unknown, or it will certainly not. */
        void failed(int writer, String reason);
    }
}
