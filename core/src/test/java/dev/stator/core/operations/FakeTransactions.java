package dev.stator.core.operations;

import dev.stator.core.transactions.ReadOutcome;
import dev.stator.core.transactions.ReadTransaction;
import dev.stator.core.transactions.WriteOutcome;
import dev.stator.core.transactions.WriteOutcome.Answer;
import dev.stator.core.transactions.WriteTransaction;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionRequest.Change;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.model.Item;
import dev.stator.model.error.ApiException;
import dev.stator.model.key.PlacementKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Transactions on items of a {@link FakeCluster}, one after the other. */
final class FakeTransactions {
    /** Keys that another transaction holds. */
    final Set<PlacementKey> held = new HashSet<>();

    /** Tokens of transactions that are under way. */
    final Set<WriteTransaction.Token> underWay = new HashSet<>();

    private final Map<WriteTransaction.Token, Done> done = new HashMap<>();

    private record Done(List<WriteTransaction.Write> writes, List<WriteOutcome.Sizes> sizes) {}

    /** Calls a partition. */
    interface Partitions {
        PartitionResponse call(String table, PlacementKey key, PartitionRequest request);
    }

    WriteOutcome write(WriteTransaction transaction, Partitions partitions) {
        Optional<WriteTransaction.Token> token = transaction.token();
        Done before = token.map(done::get).orElse(null);
        if (before != null) {
            return before.writes().equals(transaction.writes())
                    ? new WriteOutcome.Repeated(before.sizes())
                    : new WriteOutcome.TokenMismatch();
        }
        if (token.isPresent() && underWay.contains(token.get())) {
            return new WriteOutcome.InProgress();
        }
        List<Answer> answers = new ArrayList<>();
        for (WriteTransaction.Write write : transaction.writes()) {
            answers.add(answer(write, partitions));
        }
        if (!answers.stream().allMatch(answer -> answer instanceof Answer.Fine)) {
            return new WriteOutcome.Canceled(answers);
        }
        List<WriteOutcome.Written> written = new ArrayList<>();
        for (WriteTransaction.Write write : transaction.writes()) {
            written.add(carryOut(write, partitions));
        }
        token.ifPresent(name ->
                done.put(
                        name,
                        new Done(
                                transaction.writes(),
                                written.stream().map(WriteOutcome.Written::sizes).toList())));
        return new WriteOutcome.Committed(written);
    }

    private Answer answer(WriteTransaction.Write write, Partitions partitions) {
        if (held.contains(write.key())) {
            return new Answer.Conflict();
        }
        Optional<Item> item = get(write, partitions).item();
        if (write.condition().isPresent() && !write.condition().get().matches(item.orElse(null))) {
            return new Answer.ConditionFailed(write.itemOnFailure() ? item : Optional.empty());
        }
        try {
            if (write.change().isPresent()
                    && write.change().get() instanceof Change.Update update) {
                update.update().apply(item.orElse(null), update.key());
            }
        } catch (ApiException refused) {
            return new Answer.Refused(refused.error());
        }
        return new Answer.Fine();
    }

    private static PartitionResponse.Got get(WriteTransaction.Write write, Partitions partitions) {
        PartitionRequest.Get get = new PartitionRequest.Get(write.key(), true, Optional.empty());
        return (PartitionResponse.Got) partitions.call(write.table().name(), write.key(), get);
    }

    private static WriteOutcome.Written carryOut(
            WriteTransaction.Write write, Partitions partitions) {
        if (write.change().isEmpty()) {
            int bytes = get(write, partitions).sizeBytes();
            return new WriteOutcome.Written(
                    Optional.empty(), Optional.empty(), new WriteOutcome.Sizes(bytes, bytes), 0);
        }
        PartitionRequest.Write request =
                new PartitionRequest.Write(
                        write.key(),
                        write.change().get(),
                        Optional.empty(),
                        write.images(),
                        write.images(),
                        false);
        PartitionResponse.Written written =
                (PartitionResponse.Written)
                        partitions.call(write.table().name(), write.key(), request);
        return new WriteOutcome.Written(
                written.before(),
                written.after(),
                new WriteOutcome.Sizes(written.beforeSizeBytes(), written.afterSizeBytes()),
                written.collectionBytes());
    }

    ReadOutcome read(ReadTransaction transaction, Partitions partitions) {
        List<ReadOutcome.Got> items = new ArrayList<>();
        List<Boolean> conflicts = new ArrayList<>();
        for (ReadTransaction.Read read : transaction.reads()) {
            PartitionRequest.Get get =
                    new PartitionRequest.Get(read.key(), true, read.projection());
            PartitionResponse.Got got =
                    (PartitionResponse.Got) partitions.call(read.table().name(), read.key(), get);
            items.add(new ReadOutcome.Got(got.item(), got.sizeBytes()));
            conflicts.add(held.contains(read.key()));
        }
        return conflicts.contains(true)
                ? new ReadOutcome.Canceled(conflicts)
                : new ReadOutcome.Read(items);
    }
}
