package dev.stator.simulator.workload;

import dev.stator.core.operations.api.ApiRequest;
import dev.stator.core.operations.api.ApiResponse;
import dev.stator.model.error.ApiError;
import dev.stator.model.error.CancellationReason;
import dev.stator.simulator.cluster.ClientCall;
import dev.stator.simulator.cluster.SimulatedNode;
import dev.stator.simulator.engine.RareEvent;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Sends one request at a time to a router, and another router where that one is down. */
final class Connection {
    /** Until a client that reached nobody tries again. */
    private static final long RETRY_NANOS = 50_000_000;

    private static final double MOVE_RATE = 0.1;

    private final Workload workload;
    private final SplittableRandom random;
    private final boolean mayBeRefused;
    private final double moveRate;
    private int home;

    /** How a request ended. */
    sealed interface End {
        record Served(ApiResponse response) implements End {}

        record ConditionFailed() implements End {}

        /** A transaction did nothing. One reason for each action. */
        record Canceled(List<CancellationReason> reasons) implements End {}

        /** Certainly nothing was done. */
        record NothingDone() implements End {}

        record Unknown() implements End {}

        /** Nothing was done, for a reason that lies in the request or the table. */
        record Refused(ApiError error) implements End {}
    }

    /** For requests that nothing is wrong with, about tables that are always there. */
    Connection(Workload workload, SplittableRandom random, int home) {
        this(workload, random, home, false);
    }

    /**
     * @param mayBeRefused whether requests may be about a table that is not there
     */
    Connection(Workload workload, SplittableRandom random, int home, boolean mayBeRefused) {
        this(workload, random, home, mayBeRefused, MOVE_RATE);
    }

    private Connection(
            Workload workload,
            SplittableRandom random,
            int home,
            boolean mayBeRefused,
            double moveRate) {
        this.workload = workload;
        this.random = random;
        this.home = home;
        this.mayBeRefused = mayBeRefused;
        this.moveRate = moveRate;
    }

    /** Uses another router only while that of its node is down. */
    static Connection staying(Workload workload, SplittableRandom random, int home) {
        return new Connection(workload, random, home, false, 0);
    }

    /**
     * @param kind of the request, for the tally
     */
    void send(String kind, ApiRequest request, Consumer<End> then) {
        List<SimulatedNode> nodes = workload.cluster().nodes();
        if (random.nextDouble() < moveRate) {
            home = random.nextInt(nodes.size());
        }
        Call call = new Call(kind, workload.cluster().simulation().nowNanos(), then);
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get((home + i) % nodes.size()).request(call, request)) {
                return;
            }
        }
        workload.cluster()
                .simulation()
                .after(RETRY_NANOS, () -> call.end(Tally.End.NOTHING_DONE, new End.NothingDone()));
    }

    private final class Call implements ClientCall {
        private final String kind;
        private final long calledNanos;
        private final Consumer<End> then;

        Call(String kind, long calledNanos, Consumer<End> then) {
            this.kind = kind;
            this.calledNanos = calledNanos;
            this.then = then;
        }

        private void happened(RareEvent event) {
            workload.cluster().simulation().happened(event);
        }

        void end(Tally.End counted, End end) {
            if (counted == Tally.End.NOTHING_DONE) {
                happened(RareEvent.REQUEST_NOT_DONE);
            }
            workload.tally().count(kind, counted);
            then.accept(end);
        }

        @Override
        public void answered(ApiResponse response) {
            end(Tally.End.SERVED, new End.Served(response));
        }

        @Override
        public void failed(ApiError error) {
            switch (error) {
                case ApiError.ConditionalCheckFailed _ ->
                        end(Tally.End.CONDITION_FAILED, new End.ConditionFailed());
                case ApiError.TransactionCanceled(var _, List<CancellationReason> reasons) -> {
                    happened(RareEvent.TRANSACTION_CANCELED);
                    end(Tally.End.CANCELED, new End.Canceled(reasons));
                }
                case ApiError.TransactionConflict _ -> {
                    happened(RareEvent.WRITE_MET_TRANSACTION);
                    end(Tally.End.NOTHING_DONE, new End.NothingDone());
                }
                case ApiError.TransactionInProgress _ -> {
                    happened(RareEvent.TRANSACTION_IN_PROGRESS);
                    end(Tally.End.UNKNOWN, new End.Unknown());
                }
                case ApiError.ServiceUnavailable(String message) -> {
                    workload.checkers().progress().requestFailed(kind, calledNanos, message);
                    end(Tally.End.NOTHING_DONE, new End.NothingDone());
                }
                case ApiError.InternalServerError(String message) -> {
                    workload.checkers().progress().requestFailed(kind, calledNanos, message);
                    end(Tally.End.UNKNOWN, new End.Unknown());
                }
                default -> {
                    if (mayBeRefused) {
                        end(Tally.End.REFUSED, new End.Refused(error));
                    } else {
                        workload.checkers().unexpectedAnswer(kind, error.toString());
                    }
                }
            }
        }

        @Override
        public void lost() {
            end(Tally.End.UNKNOWN, new End.Unknown());
        }
    }
}
