package dev.stator.tools.load;

import dev.stator.tools.client.ClientLoop;
import dev.stator.tools.client.ControlClient;
import dev.stator.tools.client.Endpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Carries out a plan. Endpoints take turns, slice by slice, and every other round in reverse: what
 * the machine does meanwhile meets all of them.
 */
public final class BenchRun implements AutoCloseable {
    private static final int CONNECT_TIMEOUT_SECONDS = 30;
    private static final int PROGRESS_MILLIS = 1_000;

    private final BenchPlan plan;
    private final Progress progress;
    private final List<ClientLoop> loops = new ArrayList<>();
    private final List<Site> sites = new ArrayList<>();
    private final ProcessClock ownClock = ProcessClock.self();
    private final SplittableRandom random;

    /** Hears about once a second how it goes, and in the end that all is done. */
    public interface Progress {
        /** So many right and wrong answers a second of late, doing that. */
        void now(String doing, double answersPerSecond);

        void done();
    }

    /** An endpoint with its drivers, one for each thread. */
    private record Site(Endpoint endpoint, List<Driver> drivers, Optional<ProcessClock> clock) {}

    /** A slice of one driver. */
    private interface SliceMaker {
        Driver.Slice make(int thread, AtomicLong answers);
    }

    public BenchRun(BenchPlan plan, Progress progress) {
        this.plan = plan;
        this.progress = progress;
        this.random = new SplittableRandom(plan.seed());
    }

    /** Runs everything. */
    public BenchResult run() throws IOException, InterruptedException, BenchException {
        for (int i = 0; i < plan.client().threads(); i++) {
            loops.add(new ClientLoop());
        }
        for (Endpoint endpoint : plan.endpoints()) {
            Site site = connect(endpoint);
            sites.add(site);
            prepare(site);
        }
        List<BenchResult.Series> series = new ArrayList<>();
        for (Workload workload : plan.workloads()) {
            series.addAll(measure(workload));
        }
        if (!plan.data().isKept()) {
            for (Site site : sites) {
                deleteTables(site);
            }
        }
        progress.done();
        return new BenchResult(plan, series);
    }

    private Site connect(Endpoint endpoint)
            throws IOException, InterruptedException, BenchException {
        BenchPlan.Client client = plan.client();
        List<Driver> drivers = new ArrayList<>();
        List<CompletableFuture<Void>> opened = new ArrayList<>();
        for (int i = 0; i < client.threads(); i++) {
            int share = client.connections() / client.threads();
            int rest = i < client.connections() % client.threads() ? 1 : 0;
            Driver driver =
                    new Driver(
                            loops.get(i),
                            endpoint,
                            plan.credentials(),
                            new Driver.Settings(share + rest, client.timeoutMillis()));
            drivers.add(driver);
            opened.add(driver.connect());
        }
        try {
            CompletableFuture.allOf(opened.toArray(new CompletableFuture<?>[0]))
                    .get(CONNECT_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new BenchException(
                    "cannot open "
                            + client.connections()
                            + " connections to "
                            + endpoint.name()
                            + " at "
                            + endpoint.uri());
        }
        return new Site(endpoint, drivers, ProcessClock.of(endpoint));
    }

    private void prepare(Site site) throws IOException, InterruptedException, BenchException {
        Tables tables = plan.data().tables();
        if (plan.workloads().stream().anyMatch(workload -> !workload.isOnCollections())) {
            prepare(site, tables.items(), Operation.PUT);
        }
        if (plan.workloads().stream().anyMatch(Workload::isOnCollections)) {
            prepare(site, tables.collections(), Operation.PUT_IN_COLLECTION);
        }
    }

    private void prepare(Site site, String table, Operation put)
            throws IOException, InterruptedException, BenchException {
        boolean isNew = tables(site).create(table, put.isOnCollections());
        if (!isNew && !plan.data().isKept()) {
            throw new BenchException(
                    "table "
                            + table
                            + " is there already at "
                            + site.endpoint.name()
                            + ": delete it, choose another --table, or use it with --keep");
        }
        if (isNew) {
            int threads = plan.client().threads();
            long items = plan.data().space().keys();
            Tally loaded =
                    drive(
                            site,
                            "loading " + items + " items into " + site.endpoint.name(),
                            (thread, answers) ->
                                    new Driver.Slice(
                                            RequestSource.load(
                                                    put,
                                                    plan.data().tables(),
                                                    new RequestSource.Share(items, thread, threads),
                                                    random.split()),
                                            new Pace.ClosedLoop(),
                                            Long.MAX_VALUE,
                                            answers));
            if (loaded.errorCount() > 0) {
                throw new BenchException(
                        "loading into " + site.endpoint.name() + " failed: " + loaded.errors());
            }
        }
    }

    private BenchTables tables(Site site) throws IOException {
        return new BenchTables(
                new ControlClient(loops.getFirst(), site.endpoint, plan.credentials()));
    }

    private void deleteTables(Site site) throws IOException, InterruptedException {
        tables(site).delete(plan.data().tables().items());
        tables(site).delete(plan.data().tables().collections());
    }

    private List<BenchResult.Series> measure(Workload workload)
            throws InterruptedException, BenchException {
        List<BenchResult.Series> series = new ArrayList<>();
        for (Site site : sites) {
            series.add(new BenchResult.Series(workload, site.endpoint, new ArrayList<>()));
            if (plan.timing().warmUpSeconds() > 0) {
                String doing = "warming up " + site.endpoint.name() + " " + workload.label();
                measure(site, workload, doing, plan.timing().warmUpSeconds());
            }
        }
        for (int round = 0; round < plan.timing().rounds(); round++) {
            for (int i = 0; i < sites.size(); i++) {
                int turn = round % 2 == 0 ? i : sites.size() - 1 - i;
                Site site = sites.get(turn);
                String doing =
                        "round "
                                + (round + 1)
                                + " of "
                                + plan.timing().rounds()
                                + " "
                                + site.endpoint.name()
                                + " "
                                + workload.label();
                series.get(turn)
                        .slices()
                        .add(measure(site, workload, doing, plan.timing().seconds()));
            }
        }
        return series;
    }

    private BenchResult.Measured measure(Site site, Workload workload, String doing, int seconds)
            throws InterruptedException, BenchException {
        Optional<Long> serverBefore = site.clock.flatMap(ProcessClock::nanos);
        long ownBefore = ownClock.nanos().orElse(0L);
        Tally tally =
                drive(
                        site,
                        doing,
                        (thread, answers) ->
                                new Driver.Slice(
                                        RequestSource.of(
                                                workload,
                                                plan.data().tables(),
                                                plan.data().space(),
                                                random.split()),
                                        paceOfThread(),
                                        TimeUnit.SECONDS.toNanos(seconds),
                                        answers));
        long own = ownClock.nanos().orElse(0L) - ownBefore;
        Optional<Long> server =
                serverBefore.flatMap(
                        before -> site.clock.flatMap(ProcessClock::nanos).map(now -> now - before));
        return new BenchResult.Measured(tally, own, server);
    }

    private Pace paceOfThread() {
        return switch (plan.timing().pace()) {
            case Pace.ClosedLoop closed -> closed;
            case Pace.OpenLoop open ->
                    new Pace.OpenLoop(open.requestsPerSecond() / plan.client().threads());
        };
    }

    private Tally drive(Site site, String doing, SliceMaker maker)
            throws InterruptedException, BenchException {
        List<AtomicLong> answers = new ArrayList<>();
        List<Driver.Slice> slices = new ArrayList<>();
        for (int thread = 0; thread < site.drivers.size(); thread++) {
            AtomicLong count = new AtomicLong();
            answers.add(count);
            slices.add(maker.make(thread, count));
        }
        List<CompletableFuture<Tally>> running = new ArrayList<>();
        for (int thread = 0; thread < slices.size(); thread++) {
            running.add(site.drivers.get(thread).run(slices.get(thread)));
        }
        Tally total = new Tally();
        try {
            await(doing, running, answers);
            for (CompletableFuture<Tally> each : running) {
                total.addConcurrent(each.get());
            }
        } catch (ExecutionException e) {
            throw new BenchException("the client failed: " + e.getCause());
        }
        return total;
    }

    private void await(
            String doing, List<CompletableFuture<Tally>> running, List<AtomicLong> answers)
            throws InterruptedException, ExecutionException {
        CompletableFuture<Void> all =
                CompletableFuture.allOf(running.toArray(new CompletableFuture<?>[0]));
        long before = 0;
        while (true) {
            try {
                all.get(PROGRESS_MILLIS, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException stillRunning) {
                long now = answers.stream().mapToLong(AtomicLong::get).sum();
                progress.now(doing, (now - before) * 1000.0 / PROGRESS_MILLIS);
                before = now;
            }
        }
    }

    /** Closes all connections and ends all threads. */
    @Override
    public void close() {
        sites.forEach(site -> site.drivers.forEach(Driver::close));
        loops.forEach(ClientLoop::close);
    }
}
