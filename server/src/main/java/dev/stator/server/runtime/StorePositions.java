package dev.stator.server.runtime;

import dev.stator.core.node.StorePosition;
import dev.stator.replication.GroupId;
import dev.stator.storage.store.AppliedPosition;
import dev.stator.storage.store.PartitionStore;
import dev.stator.storage.store.StoreView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** Positions, from the store's words into those of the pure core. */
final class StorePositions {
    private StorePositions() {}

    static Map<Long, StorePosition> of(PartitionStore store) {
        Map<Long, StorePosition> positions = new TreeMap<>();
        store.appliedPositions()
                .forEach((group, position) -> positions.put(group, convert(position)));
        return positions;
    }

    static StorePosition of(StoreView view, GroupId group) {
        try {
            AppliedPosition position = view.position(group.value());
            return position == null ? StorePosition.NONE : convert(position);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StorePosition convert(AppliedPosition position) {
        return new StorePosition(position.lsn(), position.state());
    }
}
