package dev.stator.core.partition;

import dev.stator.core.format.Command;
import dev.stator.core.format.CommandCodec;
import dev.stator.core.format.IndexCatalog;
import dev.stator.core.format.SealedRow;
import dev.stator.core.format.StoreKey;
import dev.stator.core.wire.FeedPosition;
import dev.stator.model.codec.MalformedEncodingException;
import dev.stator.replication.GroupId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rows that a leader must know before it evaluates anything, as they are read. */
final class OfficeRows implements PartitionHost.Collector {
    private final Map<GroupId, FeedPosition> positions = new TreeMap<>();
    private final List<Command.Prepared> prepared = new ArrayList<>();
    private @Nullable IndexCatalog catalog;
    private PageCollector.@Nullable Corrupt corrupt;

    @Override
    public boolean collect(byte[] key, byte[] value) {
        try {
            Optional<GroupId> source = StoreKey.sourceOf(key);
            if (source.isPresent()) {
                positions.put(source.get(), SealedRow.position(value));
            } else if (StoreKey.isPrepared(key)) {
                prepared.add(preparedIn(value));
            } else if (CommandCodec.decode(SealedRow.open(value))
                    instanceof Command.IndexesDefined(IndexCatalog found)) {
                catalog = found;
            } else {
                throw new MalformedEncodingException("not a catalog of indexes");
            }
            return true;
        } catch (MalformedEncodingException e) {
            corrupt = new PageCollector.Corrupt(key, String.valueOf(e.getMessage()));
            return false;
        }
    }

    private static Command.Prepared preparedIn(byte[] value) {
        if (CommandCodec.decode(SealedRow.open(value)) instanceof Command.Prepared found) {
            return found;
        }
        throw new MalformedEncodingException("not what a transaction has prepared");
    }

    List<Command.Prepared> prepared() {
        return prepared;
    }

    Map<GroupId, FeedPosition> positions() {
        return positions;
    }

    @Nullable IndexCatalog catalog() {
        return catalog;
    }

    /** Null where everything read was sound. */
    PageCollector.@Nullable Corrupt corrupt() {
        return corrupt;
    }
}
