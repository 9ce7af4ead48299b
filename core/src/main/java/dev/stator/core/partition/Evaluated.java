package dev.stator.core.partition;

import dev.stator.core.format.StoredItem;
import dev.stator.core.wire.PartitionRequest.Change;
import dev.stator.core.wire.PartitionRequest.Prepare;
import dev.stator.core.wire.PartitionRequest.Write;
import dev.stator.core.wire.PartitionResponse.ConditionFailed;
import dev.stator.core.wire.PartitionResponse.Refused;
import dev.stator.core.wire.PartitionResponse.Served;
import dev.stator.core.wire.PartitionResponse.Written;
import dev.stator.model.Item;
import dev.stator.model.ItemSize;
import dev.stator.model.error.ApiError;
import dev.stator.model.error.ApiException;
import dev.stator.model.error.Messages;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a write comes to, given the item as it was. */
sealed interface Evaluated {

    /**
     * The item changes.
     *
     * @param after null where the item is no more
     * @param answer once the change is committed and applied
     */
    record Changed(@Nullable Item after, int afterSizeBytes, Written answer) implements Evaluated {}

    /** The item stays as it is. The answer says so of the item that the write was evaluated on. */
    record Unchanged(Served answer) implements Evaluated {}

    Unchanged NOTHING_THERE = new Unchanged(new Written(Optional.empty(), Optional.empty(), 0, 0));

    /** The answer to a write whose command would be larger than a log entry may be. */
    static Refused tooLargeToStore(@Nullable StoredItem before) {
        return refused(Messages.ITEM_TOO_LARGE, before);
    }

    /** The answer to a write that would let its item collection grow beyond what is allowed. */
    static Refused collectionTooLarge(@Nullable StoredItem before) {
        return new Refused(
                new ApiError.ItemCollectionSizeLimitExceeded(Messages.COLLECTION_TOO_LARGE),
                sizeOf(before));
    }

    /**
     * Evaluates a write.
     *
     * @param before the item as it is before; null where there is none
     */
    static Evaluated evaluate(Write write, @Nullable StoredItem before) {
        if (write.condition().isPresent() && !write.condition().get().matches(itemOf(before))) {
            return new Unchanged(
                    new ConditionFailed(image(before, write.itemOnFailure()), sizeOf(before)));
        }
        return switch (write.change()) {
            case Change.Put(Item item) -> changed(write, before, item, Messages.ITEM_TOO_LARGE);
            case Change.Update update -> update(write, before, update);
            case Change.Delete() ->
                    before == null
                            ? NOTHING_THERE
                            : new Changed(null, 0, written(write, before, Optional.empty(), 0));
        };
    }

    /**
     * Evaluates what a transaction prepares. Where it only checks the item, or would change
     * nothing, the answer is that of a write which changed nothing.
     */
    static Evaluated evaluate(Prepare prepare, @Nullable StoredItem before) {
        if (prepare.change().isPresent()) {
            Write write =
                    new Write(
                            prepare.key(),
                            prepare.change().get(),
                            prepare.condition(),
                            prepare.images(),
                            prepare.images(),
                            prepare.itemOnFailure());
            return evaluate(write, before);
        }
        boolean holds =
                prepare.condition().isEmpty() || prepare.condition().get().matches(itemOf(before));
        int size = sizeOf(before);
        return new Unchanged(
                holds
                        ? new Written(Optional.empty(), Optional.empty(), size, size)
                        : new ConditionFailed(image(before, prepare.itemOnFailure()), size));
    }

    private static Evaluated update(
            Write write, @Nullable StoredItem before, Change.Update update) {
        Item after;
        try {
            after = update.update().apply(itemOf(before), update.key());
            if (after != null) {
                UpdateGates.check(update, itemOf(before), after);
            }
        } catch (ApiException e) {
            return new Unchanged(new Refused(e.error(), sizeOf(before)));
        }
        return after == null
                ? NOTHING_THERE
                : changed(write, before, after, Messages.UPDATED_ITEM_TOO_LARGE);
    }

    private static Evaluated changed(
            Write write, @Nullable StoredItem before, Item after, String tooLarge) {
        int size = ItemSize.of(after);
        if (size > ItemSize.MAX_ITEM_BYTES) {
            return new Unchanged(refused(tooLarge, before));
        }
        Optional<Item> image = write.after() ? Optional.of(after) : Optional.empty();
        return new Changed(after, size, written(write, before, image, size));
    }

    private static Written written(
            Write write, @Nullable StoredItem before, Optional<Item> after, int afterSizeBytes) {
        return new Written(image(before, write.before()), after, sizeOf(before), afterSizeBytes);
    }

    private static Refused refused(String message, @Nullable StoredItem before) {
        return new Refused(new ApiError.Validation(message), sizeOf(before));
    }

    private static @Nullable Item itemOf(@Nullable StoredItem stored) {
        return stored == null ? null : stored.item();
    }

    private static Optional<Item> image(@Nullable StoredItem stored, boolean wanted) {
        return stored == null || !wanted ? Optional.empty() : Optional.of(stored.item());
    }

    private static int sizeOf(@Nullable StoredItem stored) {
        return stored == null ? 0 : stored.sizeBytes();
    }
}
