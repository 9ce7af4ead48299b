package dev.stator.tools.fuzz;

import dev.stator.tools.fuzz.FuzzConnection.HangException;
import dev.stator.tools.fuzz.FuzzConnection.Reply;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Sends the cases of one worker, one after the other, and checks each answer. */
final class FuzzWorker implements AutoCloseable {
    private static final int TIDY_EVERY = 25;
    private static final long OTHERS_MILLIS = 200;

    private final FuzzPlan plan;
    private final CaseMaker maker;
    private final FuzzTables tables;
    private final Consumer<Finding> findings;
    private final Set<String> deleted;
    private final Map<Integer, Long> byStatus = new TreeMap<>();
    private long compared;
    private @Nullable FuzzConnection connection;

    /** The items as they must still be; null where a request has changed them. */
    private @Nullable String items;

    /**
     * @param deleted the tables of any worker that a mutated request has deleted
     */
    FuzzWorker(FuzzPlan plan, int number, Consumer<Finding> findings, Set<String> deleted) {
        this.plan = plan;
        this.findings = findings;
        this.deleted = deleted;
        FuzzTables.Names names = FuzzTables.Names.of(number);
        maker = new CaseMaker(plan.seed(), names, plan.credentials(), plan.endpoint().host());
        tables = new FuzzTables(names, this::call);
    }

    Map<Integer, Long> byStatus() {
        return byStatus;
    }

    long compared() {
        return compared;
    }

    void prepare() throws IOException, InterruptedException {
        tables.prepare();
    }

    void remove() throws IOException, InterruptedException {
        tables.remove();
    }

    private Reply call(String operation, String body) throws IOException {
        return exchange(maker.plain(operation, body));
    }

    /** On the connection that is open, or on a new one where that one was closed meanwhile. */
    private Reply exchange(byte[] request) throws IOException {
        FuzzConnection present = connection;
        if (present != null) {
            try {
                return kept(present, present.exchange(request));
            } catch (HangException hangs) {
                drop();
                throw hangs;
            } catch (IOException closed) {
                drop();
            }
        }
        FuzzConnection fresh = new FuzzConnection(plan.endpoint());
        connection = fresh;
        return kept(fresh, fresh.exchange(request));
    }

    private Reply kept(FuzzConnection used, Reply reply) throws IOException {
        if (used.isClosing(reply)) {
            drop();
        }
        return reply;
    }

    private void drop() throws IOException {
        FuzzConnection present = connection;
        connection = null;
        if (present != null) {
            present.close();
        }
    }

    void run(long number) throws IOException, InterruptedException {
        if (number % TIDY_EVERY == 0) {
            tables.tidy();
        }
        FuzzCase fuzzed = maker.make(number);
        if (fuzzed.operation().equals("CreateTable") && !tables.mayCreate()) {
            return;
        }
        if (fuzzed.writes() && items == null) {
            deleted.remove(tables.itemsTable());
            items = tables.itemsInOrder();
        }
        Optional<Reply> reply;
        try {
            reply = send(fuzzed);
        } catch (HangException hangs) {
            report(fuzzed, "no answer for " + FuzzConnection.ANSWER_MILLIS_MAX + " ms");
            items = null;
            return;
        }
        byStatus.merge(reply.map(Reply::status).orElse(0), 1L, Long::sum);
        reply.ifPresent(answer -> checkAnswer(fuzzed, answer));
        // To a GET, which asks for health, the answer is 200 but not JSON.
        boolean accepted =
                reply.filter(answer -> answer.status() == 200 && answer.text().startsWith("{"))
                        .isPresent();
        if (accepted && fuzzed.operation().equals("CreateTable")) {
            tables.noteCreated(reply.orElseThrow());
        }
        if (accepted) {
            FuzzTables.deletedBy(reply.orElseThrow()).ifPresent(deleted::add);
        }
        if (fuzzed.writes()) {
            if (accepted) {
                items = null;
            } else {
                checkItems(fuzzed, reply);
            }
        }
    }

    private Optional<Reply> send(FuzzCase fuzzed) throws IOException {
        Optional<Reply> reply = sendOnce(fuzzed);
        boolean failed = reply.filter(answer -> answer.status() >= 500).isPresent();
        // A server may be busy for a moment, and say so; a mistake of its own it makes again.
        return failed && fuzzed.inflates() ? sendOnce(fuzzed) : reply;
    }

    private Optional<Reply> sendOnce(FuzzCase fuzzed) throws IOException {
        if (fuzzed.framed()) {
            try {
                return Optional.of(exchange(fuzzed.request()));
            } catch (HangException hangs) {
                throw hangs;
            } catch (IOException closed) {
                drop();
                return Optional.empty();
            }
        }
        try (FuzzConnection own = new FuzzConnection(plan.endpoint())) {
            return own.exchangeLast(fuzzed.request());
        }
    }

    private void checkAnswer(FuzzCase fuzzed, Reply reply) {
        int status = reply.status();
        if (status >= 500 && fuzzed.inflates()) {
            report(fuzzed, "answered with " + status + ": " + reply.text());
        }
        String type = reply.headers().getOrDefault("content-type", "");
        boolean plain = !reply.headers().containsKey("content-encoding");
        // Operations that have nothing to say answer with nothing.
        boolean silent = status == 200 && reply.body().length == 0;
        if (type.contains("json") && plain && !silent && !isJson(reply.text())) {
            report(fuzzed, "the answer is not JSON: " + reply.text());
        }
        if (status == 400 && type.contains("json") && !reply.text().contains("\"__type\":")) {
            report(fuzzed, "a refusal without a type: " + reply.text());
        }
        String checksum = reply.headers().get("x-amz-crc32");
        if (checksum != null && !checksum.equals(crc32(reply.body()))) {
            report(fuzzed, "the checksum is not that of the body");
        }
    }

    private void checkItems(FuzzCase fuzzed, Optional<Reply> reply)
            throws IOException, InterruptedException {
        compared++;
        String before = items;
        String now = tables.items();
        if (now.contains(FuzzTables.GONE)) {
            Thread.sleep(OTHERS_MILLIS); // The worker that deleted it may not have its answer yet.
            if (deleted.remove(tables.itemsTable())) {
                items = tables.itemsInOrder();
                return;
            }
        }
        if (!now.equals(before)) {
            report(
                    fuzzed,
                    "refused (%s), and yet items are others than before:\n%s\nnow:\n%s"
                            .formatted(reply.map(Reply::text).orElse("hung up"), before, now));
            items = tables.itemsInOrder();
        }
    }

    private void report(FuzzCase fuzzed, String what) {
        findings.accept(new Finding(plan.seed(), fuzzed.number(), what, fuzzed.shown()));
    }

    private static boolean isJson(String text) {
        try {
            Json.parse(text);
            return true;
        } catch (RuntimeException malformed) {
            return false;
        }
    }

    private static String crc32(byte[] body) {
        CRC32 crc = new CRC32();
        crc.update(body);
        return Long.toString(crc.getValue());
    }

    @Override
    public void close() throws IOException {
        drop();
    }
}
