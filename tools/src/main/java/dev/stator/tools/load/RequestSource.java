package dev.stator.tools.load;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** Makes the requests of one thread, one after the other, each in the place of the one before. */
public abstract sealed class RequestSource {
    /** Items of a collection. */
    static final int COLLECTION_SIZE = 10;

    private static final int PERCENT = 100;

    private final Map<Operation, RequestTemplate> templates = new EnumMap<>(Operation.class);
    private final ValueText values;
    private final byte[] body;
    final RandomGenerator random;

    private Operation operation = Operation.PUT;
    private long key;

    private RequestSource(Tables tables, Iterable<Operation> operations, RandomGenerator random) {
        this.random = random;
        this.values = new ValueText(random);
        int length = 0;
        for (Operation each : operations) {
            RequestTemplate template = each.template(tables);
            templates.put(each, template);
            length = Math.max(length, template.length());
        }
        this.body = new byte[length];
    }

    /** Whether there is a next request. */
    abstract boolean hasNext();

    /** Makes the next request, which the accessors tell of. */
    abstract void next();

    final void make(Operation wanted, RequestTemplate.Place place) {
        operation = wanted;
        key = place.key();
        template().fill(body, place, values, random);
    }

    private RequestTemplate template() {
        return Objects.requireNonNull(templates.get(operation));
    }

    Operation operation() {
        return operation;
    }

    long key() {
        return key;
    }

    byte[] body() {
        return body;
    }

    int bodyLength() {
        return template().length();
    }

    /** Requests of a workload without end. */
    public static RequestSource of(
            Workload workload, Tables tables, KeySpace space, RandomGenerator random) {
        return new Mix(workload, tables, space, random);
    }

    /**
     * The keys that a run uses.
     *
     * @param keys how many items there are
     */
    public record KeySpace(long keys, KeyChooser.Distribution distribution) {
        /** How many partition keys an operation finds. */
        long partitionKeys(boolean onCollections) {
            return onCollections ? Math.max(1, keys / COLLECTION_SIZE) : keys;
        }
    }

    private static final class Mix extends RequestSource {
        private final Workload workload;
        private final KeyChooser chooser;

        Mix(Workload workload, Tables tables, KeySpace space, RandomGenerator random) {
            super(tables, workload.operations(), random);
            this.workload = workload;
            this.chooser =
                    space.distribution().among(space.partitionKeys(workload.isOnCollections()));
        }

        @Override
        boolean hasNext() {
            return true;
        }

        @Override
        void next() {
            Operation wanted = workload.operation(random.nextInt(PERCENT));
            make(wanted, new RequestTemplate.Place(chooser.next(random), 0));
        }
    }

    /**
     * The items that a run begins with: those of one thread of several.
     *
     * @param operation PUT or PUT_IN_COLLECTION
     */
    public static RequestSource load(
            Operation operation, Tables tables, Share share, RandomGenerator random) {
        return new Load(operation, tables, share, random);
    }

    /** The items whose index leaves the thread's number when divided by the number of threads. */
    public record Share(long items, int thread, int threads) {}

    private static final class Load extends RequestSource {
        private final Operation wanted;
        private final Share share;
        private long item;

        Load(Operation wanted, Tables tables, Share share, RandomGenerator random) {
            super(tables, List.of(wanted), random);
            this.wanted = wanted;
            this.share = share;
            this.item = share.thread();
        }

        @Override
        boolean hasNext() {
            return item < share.items();
        }

        @Override
        void next() {
            boolean collections = wanted.isOnCollections();
            long partitionKey = collections ? item / COLLECTION_SIZE : item;
            int sortKey = collections ? (int) (item % COLLECTION_SIZE) : 0;
            make(wanted, new RequestTemplate.Place(partitionKey, sortKey));
            item += share.threads();
        }
    }
}
