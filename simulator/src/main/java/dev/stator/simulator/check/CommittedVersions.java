package dev.stator.simulator.check;

import dev.stator.core.format.StoredItem;
import dev.stator.core.store.StoreWrite;
import dev.stator.simulator.engine.Simulation;
import dev.stator.simulator.history.ItemForm;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What every item was, one committed write after the other. The maps are never iterated. */
final class CommittedVersions implements CommittedWrites {

    /**
     * @param writeId of the call that made the version; zero where the item is not there
     * @param sinceNanos when a replica first applied it
     */
    record Version(long writeId, long sinceNanos) {}

    private static final Version NEVER_WRITTEN = new Version(0, Long.MIN_VALUE);

    private final Simulation simulation;
    private final Map<ByteBuffer, List<Version>> versions = new HashMap<>();

    CommittedVersions(Simulation simulation) {
        this.simulation = simulation;
    }

    @Override
    public void committed(StoreWrite write) {
        long writeId =
                switch (write) {
                    case StoreWrite.Put(var _, byte[] value) ->
                            ItemForm.writeId(StoredItem.parse(value).item());
                    case StoreWrite.Delete _ -> 0;
                };
        versions.computeIfAbsent(
                        ByteBuffer.wrap(write.key()), _ -> new ArrayList<>(List.of(NEVER_WRITTEN)))
                .add(new Version(writeId, simulation.nowNanos()));
    }

    /** All versions of an item, the first of which is that it is not there. */
    List<Version> of(byte[] storeKey) {
        return versions.getOrDefault(ByteBuffer.wrap(storeKey), List.of(NEVER_WRITTEN));
    }

    /**
     * The writes that made an item what it was, in their order; deletes are left out, and where an
     * item was written again as it was, which a transaction does that checks it.
     */
    List<Long> madeOf(byte[] storeKey) {
        List<Long> made = new ArrayList<>();
        for (Version version : of(storeKey)) {
            boolean again = !made.isEmpty() && made.getLast() == version.writeId();
            if (version.writeId() != 0 && !again) {
                made.add(version.writeId());
            }
        }
        return made;
    }

    /** The place of the last version with this identifier, or -1. */
    static int lastIndexOf(List<Version> versions, long writeId) {
        for (int i = versions.size() - 1; i >= 0; i--) {
            if (versions.get(i).writeId() == writeId) {
                return i;
            }
        }
        return -1;
    }
}
