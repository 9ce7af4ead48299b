package dev.stator.core.routing;

import dev.stator.core.operations.OperationContext;
import dev.stator.core.operations.api.ApiRequest;
import dev.stator.core.operations.api.ApiResponse;
import dev.stator.core.transactions.ReadOutcome;
import dev.stator.core.transactions.ReadTransaction;
import dev.stator.core.transactions.WriteOutcome;
import dev.stator.core.transactions.WriteTransaction;
import dev.stator.core.wire.AdminMessage.AdminRequest;
import dev.stator.core.wire.AdminMessage.AdminResponse;
import dev.stator.core.wire.MetadataMessage.PartitionRoute;
import dev.stator.core.wire.MetadataMessage.Spot;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.model.error.ApiError;
import dev.stator.model.error.ApiException;
import dev.stator.model.key.KeyRange;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.table.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through a router: what its operation asked and is not answered yet.
 *
 * <p>Where a table turns out to be no more, another one may have its name by now, which a cached
 * table did not tell. So the request starts again from the beginning, once, and only if it wrote
 * nothing: the answer that the table is gone is held back until no other question is open.
 */
final class RequestRun implements OperationContext {
    /** A request as it arrived, the number-th of its router. */
    record Arrival(
            long number,
            Router.Requester requester,
            ApiRequest request,
            String accountId,
            Times times) {}

    /** When a request arrived, and by when it must be answered. */
    record Times(long wallMillis, long deadlineNanos) {}

    private static final PartitionResponse.Page EMPTY_PAGE =
            new PartitionResponse.Page(List.of(), 0, 0, 0, Optional.empty());

    private final Router router;
    private final RouterCore core;
    private final Arrival arrival;
    private final boolean again;

    /** In the order in which they were asked; few, of which the eldest end first. */
    private final List<Question> open = new ArrayList<>(2);

    private final List<Runnable> heldBack = new ArrayList<>(0);
    private boolean mayHaveWritten;
    private boolean ended;

    RequestRun(Router router, RouterCore core, Arrival arrival, boolean again) {
        this.router = router;
        this.core = core;
        this.arrival = arrival;
        this.again = again;
    }

    Arrival arrival() {
        return arrival;
    }

    @Override
    public String accountId() {
        return arrival.accountId();
    }

    @Override
    public String operationName() {
        return arrival.request().operationName();
    }

    @Override
    public String region() {
        return router.place().region();
    }

    @Override
    public String endpoint() {
        return router.place().endpoint();
    }

    @Override
    public long arrivedAtMillis() {
        return arrival.times().wallMillis();
    }

    @Override
    public void findTable(String tableName, Consumer<Optional<TableDescriptor>> then) {
        Answer<Optional<TableDescriptor>> answer = new Answer<>(then);
        Runnable failed =
                () -> fail(mayHaveWritten ? Failures.NO_ANSWER_IN_TIME : Failures.NO_METADATA);
        TableSearch search = new TableSearch(core, accountId(), tableName, answer, failed);
        if (ask(search, answer)) {
            search.start();
        }
    }

    @Override
    public void lookAgain(TableDescriptor table, Runnable otherwise) {
        core.directory().forget(table);
        if (again || mayHaveWritten || !open.isEmpty()) {
            otherwise.run();
        } else {
            abandon();
            router.startAgain(this);
        }
    }

    @Override
    public void call(
            TableDescriptor table,
            PlacementKey key,
            PartitionRequest request,
            Consumer<Outcome> then) {
        Answer<Outcome> answer = new Answer<>(then);
        RoutedCall.Receiver receiver = new ItemReceiver(table, key, request, answer);
        RoutedCall call = new RoutedCall(core, table.id(), new Spot.At(key), request, receiver);
        if (ask(call, answer)) {
            call.start();
        }
    }

    @Override
    public void callRange(
            TableDescriptor table,
            TableId read,
            PartitionRequest.Range request,
            Consumer<RangeOutcome> then) {
        Answer<RangeOutcome> answer = new Answer<>(then);
        if (request.range().isEmpty()) {
            answer.accept(new RangeOutcome.Served(EMPTY_PAGE, Optional.empty()));
            return;
        }
        Spot spot =
                request.forward()
                        ? new Spot.At(request.range().from())
                        : new Spot.Below(Optional.ofNullable(request.range().to()));
        RoutedCall.Receiver receiver = new RangeReceiver(table, request, answer);
        RoutedCall call = new RoutedCall(core, read, spot, request, receiver);
        if (ask(call, answer)) {
            call.start();
        }
    }

    @Override
    public void write(WriteTransaction transaction, Consumer<WriteOutcome> then) {
        Answer<WriteOutcome> answer = new Answer<>(then);
        TransactionWait<WriteOutcome> wait =
                new TransactionWait<>(
                        answer,
                        new WriteOutcome.Failed(Failures.TRANSACTION_OUTCOME_UNKNOWN, false));
        if (ask(wait, answer)) {
            mayHaveWritten = true;
            router.transactions().write(transaction, wait);
        }
    }

    @Override
    public void read(ReadTransaction transaction, Consumer<ReadOutcome> then) {
        Answer<ReadOutcome> answer = new Answer<>(then);
        TransactionWait<ReadOutcome> wait =
                new TransactionWait<>(answer, new ReadOutcome.Failed(Failures.NO_ANSWER_IN_TIME));
        if (ask(wait, answer)) {
            router.transactions().read(transaction, wait);
        }
    }

    @Override
    public void callAdmin(AdminRequest request, Consumer<AdminResponse> then) {
        Answer<AdminResponse> answer = new Answer<>(then);
        ControlPlaneCall call = new ControlPlaneCall(core, request, answer);
        if (ask(call, answer)) {
            call.start();
        }
    }

    @Override
    public void answer(ApiResponse response) {
        if (end()) {
            router.sink().answer(arrival.requester(), response);
        }
    }

    @Override
    public void fail(ApiError error) {
        if (end()) {
            router.sink().fail(arrival.requester(), error);
        }
    }

    private boolean end() {
        if (ended) {
            return false;
        }
        abandon();
        router.ended(this);
        return true;
    }

    /** Nothing more is delivered to the operation, and nothing more done for it. */
    private void abandon() {
        ended = true;
        List.copyOf(open).forEach(Question::expire);
    }

    /** Returns false where it is too late to ask anything. */
    private boolean ask(Question question, Answer<?> answer) {
        if (ended) {
            return false;
        }
        answer.question = question;
        open.add(question);
        if (arrival.times().deadlineNanos() - core.nowNanos() > 0) {
            return true;
        }
        question.expire();
        return false;
    }

    /** The deadline has passed. An operation that then has nothing left to wait for must end. */
    void expire() {
        if (open.isEmpty() && heldBack.isEmpty()) {
            fail(Failures.NO_ANSWER_IN_TIME);
            return;
        }
        releaseHeldBack();
        List.copyOf(open).forEach(Question::expire);
    }

    /**
     * Runs a step of the operation; the first error it finds ends it. So does a mistake of this
     * program, which is thrown on to be reported: other requests are not touched by it.
     */
    void step(Runnable step) {
        if (ended) {
            return;
        }
        try {
            step.run();
        } catch (ApiException e) {
            fail(e.error());
        } catch (RuntimeException e) {
            fail(Failures.INTERNAL);
            throw e;
        }
    }

    private void gone(TableDescriptor table, Runnable failure) {
        core.directory().forget(table);
        heldBack.add(failure);
        startAgainIfPossible();
    }

    private void startAgainIfPossible() {
        if (heldBack.isEmpty() || ended) {
            return;
        }
        if (again || mayHaveWritten) {
            releaseHeldBack();
        } else if (open.size() == heldBack.size()) {
            abandon();
            router.startAgain(this);
        }
    }

    private void releaseHeldBack() {
        List<Runnable> released = List.copyOf(heldBack);
        heldBack.clear();
        released.forEach(Runnable::run);
    }

    /** Delivers one answer to the operation, after the current step. */
    private final class Answer<T> implements Consumer<T> {
        private final Consumer<T> then;
        private @Nullable Question question;

        Answer(Consumer<T> then) {
            this.then = then;
        }

        @Override
        public void accept(T value) {
            if (question != null) {
                open.remove(question);
            }
            if (!ended) {
                core.agenda().next(() -> step(() -> then.accept(value)));
                startAgainIfPossible();
            }
        }
    }

    /** Waits for a transaction, which goes on when the request is given up. */
    private static final class TransactionWait<T> implements Question, Consumer<T> {
        private final Consumer<T> answer;
        private final T late;
        private boolean ended;

        TransactionWait(Consumer<T> answer, T late) {
            this.answer = answer;
            this.late = late;
        }

        @Override
        public void accept(T outcome) {
            if (!ended) {
                ended = true;
                answer.accept(outcome);
            }
        }

        @Override
        public void expire() {
            accept(late);
        }
    }

    private final class ItemReceiver implements RoutedCall.Receiver {
        private final TableDescriptor table;
        private final PlacementKey key;
        private final boolean write;
        private final Answer<Outcome> answer;

        ItemReceiver(
                TableDescriptor table,
                PlacementKey key,
                PartitionRequest request,
                Answer<Outcome> answer) {
            this.table = table;
            this.key = key;
            this.write = request instanceof PartitionRequest.Write;
            this.answer = answer;
        }

        @Override
        public void served(PartitionResponse.Served response, PartitionRoute route) {
            mayHaveWritten |= write;
            if (response instanceof PartitionResponse.Conflict conflict) {
                router.transactions().met(table.id(), key, conflict);
            }
            answer.accept(new Outcome.Served(response));
        }

        @Override
        public void failed(ApiError error, boolean nothingDone) {
            mayHaveWritten |= !nothingDone;
            answer.accept(new Outcome.Failed(error, nothingDone));
        }

        @Override
        public void gone() {
            RequestRun.this.gone(table, () -> failed(Failures.NO_SUCH_TABLE, true));
        }
    }

    private final class RangeReceiver implements RoutedCall.Receiver {
        private final TableDescriptor table;
        private final PartitionRequest.Range request;
        private final Answer<RangeOutcome> answer;

        RangeReceiver(
                TableDescriptor table,
                PartitionRequest.Range request,
                Answer<RangeOutcome> answer) {
            this.table = table;
            this.request = request;
            this.answer = answer;
        }

        @Override
        public void served(PartitionResponse.Served response, PartitionRoute route) {
            answer.accept(
                    switch (response) {
                        case PartitionResponse.Page page ->
                                new RangeOutcome.Served(page, continueAt(route.range()));
                        case PartitionResponse.Refused(ApiError error, int _) ->
                                new RangeOutcome.Failed(error);
                        case PartitionResponse.Written _,
                                PartitionResponse.ConditionFailed _,
                                PartitionResponse.Conflict _,
                                PartitionResponse.Finished _,
                                PartitionResponse.Untimely _,
                                PartitionResponse.GotVersion _,
                                PartitionResponse.Got _ ->
                                throw new IllegalStateException("to a range read: " + response);
                    });
        }

        /** Where the next partition of the asked range begins, in the direction of the read. */
        private Optional<PlacementKey> continueAt(KeyRange served) {
            if (request.forward()) {
                PlacementKey end = request.range().to();
                PlacementKey next = served.to();
                boolean more = next != null && (end == null || next.compareTo(end) < 0);
                return more ? Optional.ofNullable(next) : Optional.empty();
            }
            boolean more = served.from().compareTo(request.range().from()) > 0;
            return more ? Optional.of(served.from()) : Optional.empty();
        }

        @Override
        public void failed(ApiError error, boolean nothingDone) {
            answer.accept(new RangeOutcome.Failed(error));
        }

        @Override
        public void gone() {
            RequestRun.this.gone(table, () -> failed(Failures.NO_SUCH_TABLE, true));
        }
    }
}
