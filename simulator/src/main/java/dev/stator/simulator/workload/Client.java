package dev.stator.simulator.workload;

import dev.stator.core.operations.api.ApiResponse;
import dev.stator.core.operations.api.DeleteItemResponse;
import dev.stator.core.operations.api.GetItemResponse;
import dev.stator.core.operations.api.PutItemResponse;
import dev.stator.core.operations.api.ReturnValue;
import dev.stator.core.operations.api.UpdateItemResponse;
import dev.stator.model.Item;
import dev.stator.simulator.history.Guard;
import dev.stator.simulator.history.ItemCall;
import dev.stator.simulator.history.ItemForm;
import dev.stator.simulator.history.ItemImage;
import dev.stator.simulator.history.ItemKey;
import dev.stator.simulator.history.ItemOperation;
import dev.stator.simulator.history.ItemOutcome;
import dev.stator.simulator.history.Sighting;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** One client: does one thing after the other, with a pause in between. */
final class Client {
    private static final long THINK_NANOS_MAX = 40_000_000;
    private static final int DELTA_MAX = 1_000;
    private static final int CHAIN_LINKS_MAX = 4;
    private static final int PADDING_BYTES_MAX = 4_096;

    private final Workload workload;
    private final SplittableRandom random;
    private final Connection connection;
    private boolean busy;

    Client(Workload workload, int number) {
        this.workload = workload;
        this.random = workload.cluster().simulation().split();
        this.connection = new Connection(workload, random, number);
    }

    boolean isBusy() {
        return busy;
    }

    void start() {
        busy = false;
        workload.cluster().simulation().after(random.nextLong(THINK_NANOS_MAX), this::act);
    }

    private void act() {
        if (!workload.isRunning()) {
            return;
        }
        busy = true;
        SimulatedTable table = workload.anyTable(random);
        int choice = random.nextInt(100);
        if (choice < 42) {
            ItemKey key = workload.keys().hot(table);
            write(key, writeOf(key));
        } else if (choice < 60) {
            readConsistently(workload.keys().hot(table));
        } else if (choice < 68) {
            readEventually(workload.keys().hot(table));
        } else if (choice < 78) {
            add(workload.keys().counter(table));
        } else if (choice < 82) {
            readConsistently(workload.keys().counter(table));
        } else if (choice < 85) {
            chain(workload.keys().hot(table), 1 + random.nextInt(CHAIN_LINKS_MAX));
        } else if (choice < 92) {
            insert(workload.keys().fresh(table));
        } else if (choice < 97) {
            SimulatedTable sorted = workload.anySortedTable(random);
            RangeReading.query(workload, connection, sorted, random).start(this::start);
        } else {
            RangeReading.scan(workload, connection, table, random).start(this::start);
        }
    }

    private long now() {
        return workload.cluster().simulation().nowNanos();
    }

    // ---- Writes

    private ItemCall writeOf(ItemKey key) {
        OptionalLong token = OptionalLong.of(workload.newToken());
        OptionalLong delta = OptionalLong.of(1 + random.nextInt(DELTA_MAX));
        Guard guard =
                switch (random.nextInt(6)) {
                    case 0 -> Guard.ABSENT;
                    case 1, 2 -> new Guard.TokenIs(workload.keys().lastToken(key));
                    default -> Guard.NONE;
                };
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> new ItemCall.Put(ItemImage.of(token, OptionalLong.empty()), guard);
            case 3 -> new ItemCall.Update(token, OptionalLong.empty(), guard);
            case 4 -> new ItemCall.Update(token, delta, guard);
            case 5, 6 -> new ItemCall.Update(OptionalLong.empty(), delta, guard);
            default -> new ItemCall.Delete(guard);
        };
    }

    private void write(ItemKey key, ItemCall call) {
        write(key, call, this::start);
    }

    private void write(ItemKey key, ItemCall call, Runnable then) {
        ApiCalls.Write write = workload.newWrite(key, call);
        long calledNanos = now();
        ReturnValue returned = returnedBy(call);
        connection.send(
                name(call),
                ApiCalls.write(write, returned, padding()),
                end -> {
                    Optional<ItemOutcome> outcome = outcome(write, end, returned);
                    outcome.ifPresent(known -> record(key, write.id(), call, known, calledNanos));
                    then.run();
                });
    }

    private int padding() {
        return random.nextInt(4) == 0 ? random.nextInt(PADDING_BYTES_MAX) : 0;
    }

    private ReturnValue returnedBy(ItemCall call) {
        boolean update = call instanceof ItemCall.Update;
        return switch (random.nextInt(4)) {
            case 0 -> ReturnValue.ALL_OLD;
            case 1, 2 -> update ? ReturnValue.ALL_NEW : ReturnValue.NONE;
            default -> ReturnValue.NONE;
        };
    }

    private static String name(ItemCall call) {
        return switch (call) {
            case ItemCall.Put _ -> "put";
            case ItemCall.Update _ -> "update";
            case ItemCall.Delete _ -> "delete";
            case ItemCall.Read _ -> "read";
        };
    }

    /** Empty where nothing was done. */
    private Optional<ItemOutcome> outcome(
            ApiCalls.Write write, Connection.End end, ReturnValue returned) {
        return switch (end) {
            case Connection.End.NothingDone(),
                    Connection.End.Canceled _,
                    Connection.End.Refused _ ->
                    Optional.empty();
            case Connection.End.Unknown() -> Optional.of(new ItemOutcome.Unknown());
            case Connection.End.ConditionFailed() -> Optional.of(new ItemOutcome.ConditionFailed());
            case Connection.End.Served(ApiResponse response) -> {
                workload.written(write);
                Optional<Item> shown = attributes(response);
                shown.ifPresent(item -> workload.checkers().origin().seen(write.key(), item));
                Optional<ItemImage> image = Optional.of(image(shown));
                yield Optional.of(
                        new ItemOutcome.Written(
                                returned == ReturnValue.ALL_OLD ? image : Optional.empty(),
                                returned == ReturnValue.ALL_NEW ? image : Optional.empty()));
            }
        };
    }

    private static Optional<Item> attributes(ApiResponse response) {
        return switch (response) {
            case PutItemResponse put -> put.attributes();
            case UpdateItemResponse update -> update.attributes();
            case DeleteItemResponse delete -> delete.attributes();
            default -> throw new IllegalArgumentException("not to a write: " + response);
        };
    }

    private static ItemImage image(Optional<Item> item) {
        return item.map(ItemForm::image).orElse(ItemImage.ABSENT);
    }

    private void record(
            ItemKey key, long number, ItemCall call, ItemOutcome outcome, long calledNanos) {
        boolean known = !(outcome instanceof ItemOutcome.Unknown);
        workload.checkers()
                .history()
                .add(
                        key,
                        new ItemOperation(
                                number,
                                call,
                                outcome,
                                calledNanos,
                                known ? now() : ItemOperation.NEVER));
        if (!known) {
            workload.keys().outcomeUnknown(key);
        }
        switch (outcome) {
            case ItemOutcome.Seen(ItemImage image) -> workload.keys().sawToken(key, image.token());
            case ItemOutcome.Written(var _, var after) ->
                    workload.keys()
                            .sawToken(key, after.map(ItemImage::token).orElse(tokenOf(call)));
            case ItemOutcome.ConditionFailed(), ItemOutcome.Unknown() -> {}
        }
    }

    private static OptionalLong tokenOf(ItemCall call) {
        return switch (call) {
            case ItemCall.Put(ItemImage image, var _) -> image.token();
            case ItemCall.Update update -> update.token();
            case ItemCall.Delete _, ItemCall.Read _ -> OptionalLong.empty();
        };
    }

    private void add(ItemKey key) {
        long delta = 1L + random.nextInt(DELTA_MAX);
        ItemCall call =
                new ItemCall.Update(OptionalLong.empty(), OptionalLong.of(delta), Guard.NONE);
        ApiCalls.Write write = workload.newWrite(key, call);
        long calledNanos = now();
        ReturnValue returned = random.nextBoolean() ? ReturnValue.ALL_NEW : ReturnValue.NONE;
        workload.checkers().acknowledged().adding(key, delta);
        connection.send(
                "add",
                ApiCalls.write(write, returned, 0),
                end -> {
                    Optional<ItemOutcome> outcome = outcome(write, end, returned);
                    outcome.ifPresent(known -> record(key, write.id(), call, known, calledNanos));
                    if (end instanceof Connection.End.Served) {
                        workload.checkers().acknowledged().added(key, delta);
                    } else if (outcome.isEmpty()) {
                        workload.checkers().acknowledged().notAdded(key, delta);
                    }
                    start();
                });
    }

    private void insert(ItemKey key) {
        ItemImage image = ItemImage.of(OptionalLong.of(workload.newToken()), OptionalLong.empty());
        Guard guard = random.nextBoolean() ? Guard.ABSENT : Guard.NONE;
        ApiCalls.Write write = workload.newWrite(key, new ItemCall.Put(image, guard));
        workload.checkers().acknowledged().inserting(key, image, now());
        connection.send(
                "insert",
                ApiCalls.write(write, ReturnValue.NONE, padding()),
                end -> {
                    switch (end) {
                        case Connection.End.Served _ -> {
                            workload.written(write);
                            workload.checkers().acknowledged().inserted(key, now());
                        }
                        case Connection.End.ConditionFailed() ->
                                workload.checkers()
                                        .unexpectedAnswer(
                                                "insert of " + key,
                                                "a failed condition, though nobody else writes it:"
                                                        + " it was done twice");
                        case Connection.End.NothingDone(),
                                Connection.End.Canceled _,
                                Connection.End.Unknown(),
                                Connection.End.Refused _ -> {}
                    }
                    start();
                });
    }

    /** Reads an item and writes it only if it is still so, again and again: none may get lost. */
    private void chain(ItemKey key, int links) {
        if (links == 0) {
            start();
            return;
        }
        read(
                key,
                seen -> {
                    Guard guard =
                            !seen.present()
                                    ? Guard.ABSENT
                                    : seen.token().isPresent()
                                            ? new Guard.TokenIs(seen.token().getAsLong())
                                            : Guard.NONE;
                    OptionalLong token = OptionalLong.of(workload.newToken());
                    OptionalLong count = OptionalLong.of(seen.count().orElse(0) + 1);
                    ItemCall call = new ItemCall.Put(ItemImage.of(token, count), guard);
                    write(key, call, () -> chain(key, links - 1));
                });
    }

    // ---- Reads

    private void readConsistently(ItemKey key) {
        read(key, _ -> start());
    }

    /** Goes on where the read is served, else begins something else. */
    private void read(ItemKey key, Consumer<ItemImage> then) {
        long number = workload.newNumber();
        long calledNanos = now();
        connection.send(
                "read",
                ApiCalls.get(key, workload.consistencyAsked()),
                end -> {
                    if (end instanceof Connection.End.Served(GetItemResponse response)) {
                        Sighting sighting = workload.sawConsistently(key, response, calledNanos);
                        ItemOutcome seen = new ItemOutcome.Seen(sighting.image());
                        record(key, number, new ItemCall.Read(), seen, calledNanos);
                        then.accept(sighting.image());
                    } else {
                        start();
                    }
                });
    }

    private void readEventually(ItemKey key) {
        byte[] storeKey = workload.tableOf(key).storeKey(key);
        long calledNanos = now();
        connection.send(
                "eventual read",
                ApiCalls.get(key, false),
                end -> {
                    if (end instanceof Connection.End.Served(GetItemResponse response)) {
                        response.item()
                                .ifPresent(item -> workload.checkers().origin().seen(key, item));
                        Sighting seen = Sighting.of(response.item());
                        workload.checkers().eventual().read(key, storeKey, seen, calledNanos);
                    }
                    start();
                });
    }
}
