package dev.stator.core.routing;

import dev.stator.core.transactions.TransactionPort;
import dev.stator.core.wire.AdminMessage.AdminRequest;
import dev.stator.core.wire.AdminMessage.AdminResponse;
import dev.stator.core.wire.MetadataMessage.PartitionRoute;
import dev.stator.core.wire.MetadataMessage.Spot;
import dev.stator.core.wire.PartitionRequest;
import dev.stator.core.wire.PartitionResponse;
import dev.stator.model.error.ApiError;
import dev.stator.model.key.PlacementKey;
import dev.stator.model.table.TableDescriptor;
import dev.stator.model.table.TableId;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The calls of a router's transactions. They belong to no request: a transaction goes on when its
 * client is told that it took too long. Each has a deadline of its own.
 */
final class RoutedTransactions implements TransactionPort {
    private final RouterCore core;
    private final long deadlineNanos;
    private boolean clockKnown;
    private long wallMillis;
    private long wallAtNanos;

    RoutedTransactions(RouterCore core, int deadlineMillis) {
        this.core = core;
        this.deadlineNanos = TimeUnit.MILLISECONDS.toNanos(deadlineMillis);
    }

    /** The wall clock at this moment. */
    void clock(long nowMillis) {
        clockKnown = true;
        wallMillis = nowMillis;
        wallAtNanos = core.nowNanos();
    }

    @Override
    public long wallMillis() {
        return clockKnown
                ? wallMillis + TimeUnit.NANOSECONDS.toMillis(core.nowNanos() - wallAtNanos)
                : 0;
    }

    @Override
    public long nowNanos() {
        return core.nowNanos();
    }

    @Override
    public void after(long nanos, Runnable task) {
        core.agenda().after(nanos, task);
    }

    @Override
    public void call(
            TableId table, PlacementKey key, PartitionRequest request, Consumer<Reply> then) {
        start(table, new Spot.At(key), request, (reply, _) -> then.accept(reply));
    }

    @Override
    public void callRange(TableId table, PartitionRequest.Range request, RangeReceiver then) {
        start(
                table,
                new Spot.At(request.range().from()),
                request,
                (reply, route) ->
                        then.accept(
                                reply,
                                route.flatMap(served -> Optional.ofNullable(served.range().to()))));
    }

    private void start(
            TableId table,
            Spot spot,
            PartitionRequest request,
            BiConsumer<Reply, Optional<PartitionRoute>> then) {
        RoutedCall call = new RoutedCall(core, table, spot, request, new Receiver(then));
        call.start();
        core.agenda().after(deadlineNanos, call::expire);
    }

    @Override
    public void findTable(
            String accountId, String tableName, Consumer<Optional<TableDescriptor>> then) {
        TableSearch search =
                new TableSearch(
                        core,
                        accountId,
                        tableName,
                        found -> core.agenda().next(() -> then.accept(found)),
                        () -> then.accept(Optional.empty()));
        search.start();
        core.agenda().after(deadlineNanos, search::expire);
    }

    @Override
    public void callAdmin(AdminRequest request, Consumer<AdminResponse> then) {
        ControlPlaneCall call =
                new ControlPlaneCall(
                        core, request, response -> core.agenda().next(() -> then.accept(response)));
        call.start();
        core.agenda().after(deadlineNanos, call::expire);
    }

    private final class Receiver implements RoutedCall.Receiver {
        private final BiConsumer<Reply, Optional<PartitionRoute>> then;

        Receiver(BiConsumer<Reply, Optional<PartitionRoute>> then) {
            this.then = then;
        }

        @Override
        public void served(PartitionResponse.Served response, PartitionRoute route) {
            tell(new Reply.Served(response), Optional.of(route));
        }

        @Override
        public void failed(ApiError error, boolean nothingDone) {
            tell(new Reply.Failed(error, nothingDone), Optional.empty());
        }

        @Override
        public void gone() {
            tell(new Reply.Gone(), Optional.empty());
        }

        private void tell(Reply reply, Optional<PartitionRoute> route) {
            core.agenda().next(() -> then.accept(reply, route));
        }
    }
}
