package dev.stator.core.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.transactions.WriteTransaction.Token;
import dev.stator.core.transactions.WriteTransaction.Write;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionRequest.Change;
import dev.stator.model.AttributeValue;
import dev.stator.model.AttributesBuilder;
import dev.stator.model.DecimalNumber;
import dev.stator.model.Item;
import dev.stator.model.expression.Condition;
import dev.stator.model.expression.DocumentPath;
import dev.stator.model.expression.UpdateExpression;
import dev.stator.model.key.PlacementKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Transfers between accounts, and a coin that is in one of two places, while everything goes as
 * badly as it may. Whoever reads all sees the sum, one coin, and every transfer whole or not at
 * all; what a client was told of a transfer is so in the end; nothing stays prepared. Replay one
 * seed with {@code ./build -pl core -am test -Dtest=TransactionsPropertyTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dstator.seed=N}, try more by {@code -Dstator.seeds=N}.
 */
class TransactionsPropertyTest {
    private static final int SEEDS = Integer.getInteger("stator.seeds", 60);
    private static final int STEPS = 6_000;
    private static final int CLIENTS = 6;
    private static final int BALANCE = 100;
    private static final List<String> ACCOUNTS = List.of("a", "b", "c", "d", "e");
    private static final List<String> PLACES = List.of("here", "there");
    private static final String NOTHING = "nothing";
    private static final Condition EXISTS = new Condition.AttributeExists(DocumentPath.of("pk"));
    private static final Condition MISSING =
            new Condition.AttributeNotExists(DocumentPath.of("pk"));

    private final Map<String, Integer> outcomes = new TreeMap<>();

    @Test
    void everyHistoryIsSerializable() {
        Long seed = Long.getLong("stator.seed");
        if (seed != null) {
            run(seed);
            return;
        }
        for (long next = 1; next <= SEEDS; next++) {
            run(next);
        }
        // A test that never got into trouble would say nothing.
        assertThat(outcomes)
                .containsKeys("Canceled", "Committed", "Failed", "InProgress", "Repeated", "Read");
    }

    private void run(long seed) {
        try {
            new Run(new Random(seed)).run();
        } catch (Throwable e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    /** A transfer, and what its clients were told of it. */
    private static final class Transfer {
        private final WriteTransaction transaction;
        private final List<String> accounts;
        private final List<WriteOutcome> told = new ArrayList<>();
        private int asked;

        Transfer(WriteTransaction transaction, List<String> accounts) {
            this.transaction = transaction;
            this.accounts = accounts;
        }

        boolean isDone() {
            return told.stream()
                    .anyMatch(each ->
                            each instanceof WriteOutcome.Committed
                                    || each instanceof WriteOutcome.Repeated);
        }

        boolean isGivenUp() {
            return told.size() == asked
                    && told.stream()
                            .allMatch(each ->
                                    each instanceof WriteOutcome.Canceled
                                            || (each instanceof WriteOutcome.Failed failed
                                                    && failed.nothingDone()));
        }
    }

    private final class Run {
        private final Random random;
        private final TransactedCluster cluster;
        private final List<Transfer> transfers = new ArrayList<>();
        private int open;
        private int writes;

        Run(Random random) {
            this.random = random;
            this.cluster = new TransactedCluster(random);
        }

        void run() {
            fill();
            cluster.disturb();
            for (int i = 0; i < STEPS; i++) {
                if (open < CLIENTS && random.nextInt(8) == 0) {
                    ask();
                }
                cluster.step();
                if (random.nextInt(1_000) == 0) {
                    open = 0; // Clients of coordinators that died.
                }
            }
            cluster.calmDown();
            cluster.pass(TimeUnit.MINUTES.toMillis(1));
            meetAll();
            assertThat(cluster.preparedItems()).as("items that stay prepared").isZero();
            checkEnd();
            cluster.pass(TimeUnit.MINUTES.toMillis(12));
            assertThat(cluster.ledgerRecords()).as("records that stay in the ledger").isZero();
        }

        private void fill() {
            List<Item> items = new ArrayList<>();
            ACCOUNTS.forEach(account -> items.add(item(account, BALANCE)));
            items.add(item(PLACES.getFirst(), 1));
            for (Item item : items) {
                cluster.someCoordinator()
                        .write(
                                new PartitionRequest.Write(
                                        PlacementKey.of(Objects.requireNonNull(item.get("pk"))),
                                        new Change.Put(item),
                                        Optional.empty(),
                                        false,
                                        false,
                                        false),
                                _ -> writes++);
            }
            while (writes < items.size()) {
                cluster.step();
            }
        }

        private void ask() {
            open++;
            switch (random.nextInt(10)) {
                case 0, 1 -> read();
                case 2 -> writeAlone();
                case 3 -> moveCoin();
                case 4 -> repeat();
                default -> transfer();
            }
        }

        private void writeAlone() {
            String account = ACCOUNTS.get(random.nextInt(ACCOUNTS.size()));
            cluster.someCoordinator()
                    .write(
                            new PartitionRequest.Write(
                                    key(account),
                                    new Change.Update(keyItem(account), adds(Map.of("alone", 1L))),
                                    Optional.empty(),
                                    false,
                                    false,
                                    false),
                            _ -> open--);
        }

        private void transfer() {
            List<String> accounts = new ArrayList<>(ACCOUNTS);
            Collections.shuffle(accounts, random);
            long amount = random.nextInt(30);
            String mark = "t" + transfers.size();
            List<Write> parts = new ArrayList<>();
            parts.add(change(accounts.get(0), adds(Map.of("v", -amount, mark, 1L))));
            parts.add(change(accounts.get(1), adds(Map.of("v", amount, mark, 1L))));
            if (random.nextInt(3) == 0) {
                parts.add(checkOf(accounts.get(2), random.nextInt(4) == 0 ? MISSING : EXISTS));
            }
            if (random.nextInt(4) == 0) {
                parts.add(checkOf(NOTHING, MISSING));
            }
            Optional<Token> token =
                    random.nextBoolean() ? Optional.of(new Token("1", mark)) : Optional.empty();
            Transfer transfer =
                    new Transfer(new WriteTransaction(parts, token), accounts.subList(0, 2));
            transfers.add(transfer);
            start(transfer);
        }

        /** A client asks once more under the token that it has used. */
        private void repeat() {
            List<Transfer> named =
                    transfers.stream()
                            .filter(each -> each.transaction.token().isPresent())
                            .toList();
            if (named.isEmpty()) {
                open--;
            } else {
                start(named.get(named.size() - 1 - random.nextInt(Math.min(4, named.size()))));
            }
        }

        private void start(Transfer transfer) {
            transfer.asked++;
            cluster.someCoordinator()
                    .transactions()
                    .write(
                            transfer.transaction,
                            outcome -> {
                                open--;
                                count(outcome);
                                transfer.told.add(outcome);
                            });
        }

        private void moveCoin() {
            boolean there = random.nextBoolean();
            String from = PLACES.get(there ? 0 : 1);
            String to = PLACES.get(there ? 1 : 0);
            List<Write> parts =
                    List.of(
                            write(from, Optional.of(new Change.Delete()), EXISTS),
                            write(to, Optional.of(new Change.Put(item(to, 1))), MISSING));
            cluster.someCoordinator()
                    .transactions()
                    .write(new WriteTransaction(parts, Optional.empty()), _ -> open--);
        }

        private void read() {
            List<Transfer> done = done();
            cluster.someCoordinator()
                    .transactions()
                    .read(
                            readOfAll(),
                            outcome -> {
                                open--;
                                outcomes.merge(outcome.getClass().getSimpleName(), 1, Integer::sum);
                                if (outcome instanceof ReadOutcome.Read(var items)) {
                                    check(items, done);
                                }
                            });
        }

        /** What a read that begins now must see. */
        private List<Transfer> done() {
            return transfers.stream().filter(Transfer::isDone).toList();
        }

        private void check(List<ReadOutcome.Got> items, List<Transfer> doneBefore) {
            long sum = 0;
            Map<String, Item> byName = new TreeMap<>();
            for (int i = 0; i < ACCOUNTS.size(); i++) {
                Item item = items.get(i).item().orElseThrow();
                byName.put(ACCOUNTS.get(i), item);
                sum += number(item, "v");
            }
            assertThat(sum)
                    .as("the sum of all accounts")
                    .isEqualTo((long) ACCOUNTS.size() * BALANCE);
            long coins =
                    items.subList(ACCOUNTS.size(), items.size()).stream()
                            .filter(each -> each.item().isPresent())
                            .count();
            assertThat(coins).as("coins").isEqualTo(1);
            for (int i = 0; i < transfers.size(); i++) {
                String mark = "t" + i;
                List<Long> times =
                        transfers.get(i).accounts.stream()
                                .map(account ->
                                        number(Objects.requireNonNull(byName.get(account)), mark))
                                .toList();
                assertThat(times).as("transfer %s", i).isIn(List.of(0L, 0L), List.of(1L, 1L));
                if (transfers.get(i).isGivenUp()) {
                    assertThat(times).as("transfer %s was given up", i).containsOnly(0L);
                }
                if (doneBefore.contains(transfers.get(i))) {
                    assertThat(times).as("transfer %s was done", i).containsOnly(1L);
                }
            }
        }

        /** What a late message has prepared is found by who meets it. */
        private void meetAll() {
            List<ReadTransaction.Read> reads = new ArrayList<>(readOfAll().reads());
            reads.add(readOf(NOTHING));
            cluster.someCoordinator().transactions().read(new ReadTransaction(reads), _ -> {});
            cluster.pass(TimeUnit.MINUTES.toMillis(1));
        }

        private void checkEnd() {
            int[] answered = new int[1];
            List<Transfer> done = done();
            cluster.someCoordinator()
                    .transactions()
                    .read(
                            readOfAll(),
                            outcome -> {
                                answered[0]++;
                                assertThat(outcome).isInstanceOf(ReadOutcome.Read.class);
                                check(((ReadOutcome.Read) outcome).items(), done);
                            });
            cluster.pass(TimeUnit.SECONDS.toMillis(10));
            assertThat(answered[0]).isEqualTo(1);
        }

        private void count(WriteOutcome outcome) {
            outcomes.merge(outcome.getClass().getSimpleName(), 1, Integer::sum);
        }
    }

    private static ReadTransaction readOfAll() {
        List<ReadTransaction.Read> reads = new ArrayList<>();
        for (List<String> names : List.of(ACCOUNTS, PLACES)) {
            for (String name : names) {
                reads.add(readOf(name));
            }
        }
        return new ReadTransaction(reads);
    }

    private static ReadTransaction.Read readOf(String name) {
        return new ReadTransaction.Read(TransactedCluster.TABLE, key(name), Optional.empty());
    }

    private static Write change(String name, UpdateExpression update) {
        return write(name, Optional.of(new Change.Update(keyItem(name), update)), EXISTS);
    }

    private static Write checkOf(String name, Condition condition) {
        return write(name, Optional.empty(), condition);
    }

    private static Write write(String name, Optional<Change> change, Condition condition) {
        return new Write(
                TransactedCluster.TABLE, key(name), change, Optional.of(condition), false, false);
    }

    private static UpdateExpression adds(Map<String, Long> deltas) {
        List<UpdateExpression.AddAction> actions = new ArrayList<>();
        new TreeMap<>(deltas)
                .forEach((name, delta) ->
                        actions.add(
                                new UpdateExpression.AddAction(
                                        DocumentPath.of(name), value(delta))));
        return new UpdateExpression(
                UpdateExpression.Origin.EXPRESSION, List.of(), List.of(), actions, List.of());
    }

    private static AttributeValue value(long number) {
        return new AttributeValue.N(DecimalNumber.of(number));
    }

    private static long number(Item item, String name) {
        return item.get(name) instanceof AttributeValue.N(DecimalNumber number)
                ? number.value().longValueExact()
                : 0;
    }

    private static PlacementKey key(String name) {
        return PlacementKey.of(new AttributeValue.S(name));
    }

    private static Item keyItem(String name) {
        AttributesBuilder attributes = new AttributesBuilder();
        attributes.put("pk", new AttributeValue.S(name));
        return attributes.toItem();
    }

    private static Item item(String name, long v) {
        AttributesBuilder attributes = new AttributesBuilder();
        attributes.put("pk", new AttributeValue.S(name));
        attributes.put("v", value(v));
        return attributes.toItem();
    }
}
