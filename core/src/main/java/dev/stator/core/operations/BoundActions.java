package dev.stator.core.operations;

import dev.stator.model.error.ApiError;
import dev.stator.model.error.ApiException;
import dev.stator.model.error.CancellationReason;
import dev.stator.model.error.Messages;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.table.TableId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The actions of a transaction, as they are bound to their tables one after the other. No two of
 * them may be about one item; an action that its table does not allow cancels the transaction.
 *
 * @param <A> reads or writes
 */
final class BoundActions<A> {
    private final List<A> actions = new ArrayList<>();
    private final List<CancellationReason> reasons = new ArrayList<>();
    private final Map<TableId, Set<PlacementKey>> keysByTable = new HashMap<>();
    private boolean isCanceled;
    private boolean repeatsItem;

    /**
     * Adds the next one.
     *
     * @param binding makes the action; an {@code ApiException} is why it can not be tried
     */
    void add(TableDescriptor table, Supplier<A> binding, Function<A, PlacementKey> keyOf) {
        A action;
        try {
            action = binding.get();
        } catch (ApiException refused) {
            if (!(refused.error() instanceof ApiError.Validation(String message))) {
                throw refused;
            }
            isCanceled = true;
            reasons.add(CancellationReason.of(CancellationReason.Code.VALIDATION_ERROR, message));
            return;
        }
        reasons.add(CancellationReason.NONE);
        actions.add(action);
        repeatsItem |=
                !keysByTable
                        .computeIfAbsent(table.id(), id -> new HashSet<>())
                        .add(keyOf.apply(action));
    }

    /** To be asked when all were added. */
    void refuseIfAny() {
        if (repeatsItem) {
            throw ApiException.validation(Messages.ONE_OPERATION_PER_ITEM);
        }
        if (isCanceled) {
            throw new ApiException(Cancellation.of(reasons));
        }
    }

    /** The same for statements, where it counts more that an action is not allowed. */
    void refuseCanceledFirst() {
        if (isCanceled) {
            throw new ApiException(Cancellation.of(reasons));
        }
        refuseIfAny();
    }

    /** The actions in their order. */
    List<A> actions() {
        return List.copyOf(actions);
    }
}
