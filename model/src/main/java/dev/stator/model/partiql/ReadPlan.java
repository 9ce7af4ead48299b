package dev.stator.model.partiql;

import dev.stator.model.Item;
import dev.stator.model.error.ApiException;
import dev.stator.model.expression.Condition;
import dev.stator.model.expression.KeyAttributes;
import dev.stator.model.expression.ValueOrder;
import dev.stator.model.key.ItemCollection;
import dev.stator.model.key.KeyRange;
import dev.stator.model.partiql.BoundStatement.Ordering;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which parts of a table or index a SELECT reads. Where each branch of its WHERE clause gives the
 * partition key a value, these are the parts of the item collections that can meet it; else
 * everything is read. The clause itself is the filter of each read, so that the plan need not be
 * exact, but for reading nothing twice.
 */
public final class ReadPlan {
    private final boolean keyed;
    private final List<Read> reads;
    private final List<KeyBranch> branches;
    private final boolean forward;

    private ReadPlan(boolean keyed, List<Read> reads, List<KeyBranch> branches, boolean forward) {
        this.keyed = keyed;
        this.reads = List.copyOf(reads);
        this.branches = branches;
        this.forward = forward;
    }

    /**
     * One read.
     *
     * @param range of what is read
     * @param collection the whole item collections that the range is of
     * @param key where the range is that of a single key
     */
    public record Read(KeyRange range, KeyRange collection, Optional<Item> key) {}

    /**
     * Plans the reads.
     *
     * @param key of the table or index
     * @throws ApiException (validation) if the clause can not be read by, or not in that order
     */
    public static ReadPlan of(
            Optional<Condition> where, KeyAttributes key, List<Ordering> orderBy) {
        checkOrdering(where, key, orderBy);
        Optional<List<KeyBranch>> branches = KeyBranches.of(where, key);
        if (branches.isEmpty()) {
            if (!orderBy.isEmpty()) {
                throw ApiException.validation(
                        "Must have at least one non-optional hash key condition in WHERE clause"
                                + " when using ORDER BY clause.");
            }
            Read all = new Read(KeyRange.ALL, KeyRange.ALL, Optional.empty());
            return new ReadPlan(false, List.of(all), List.of(), true);
        }
        return keyed(branches.get(), key, orderBy);
    }

    private static void checkOrdering(
            Optional<Condition> where, KeyAttributes key, List<Ordering> orderBy) {
        if (!orderBy.isEmpty() && where.isEmpty()) {
            throw ApiException.validation(
                    "Must have WHERE clause in the statement when using ORDER BY clause.");
        }
        for (Ordering ordering : orderBy) {
            if (key.attribute(ordering.attribute()).isEmpty()) {
                throw ApiException.validation(
                        "Attribute "
                                + ordering.attribute()
                                + " in ORDER BY clause must be part of the primary key");
            }
        }
    }

    private static ReadPlan keyed(
            List<KeyBranch> branches, KeyAttributes key, List<Ordering> orderBy) {
        List<KeyBranch> sorted = new ArrayList<>(branches);
        sorted.sort(
                Comparator.comparing(KeyBranch::partition, ValueOrder::compare)
                        .thenComparing(branch -> branch.range().from()));
        List<Read> reads = merge(sorted);
        String partitionKey = key.partition().getFirst().name();
        @Nullable Ordering byPartition = find(orderBy, name -> name.equals(partitionKey));
        @Nullable Ordering bySort = find(orderBy, name -> !name.equals(partitionKey));
        if (bySort != null && byPartition == null && countPartitions(sorted) > 1) {
            throw ApiException.validation(
                    "Must have hash key in ORDER BY clause when more than one hash key condition"
                            + " specified in WHERE clause.");
        }
        // An order by the partition key alone turns that of the sort key, as the service has it.
        boolean forward = orderBy.isEmpty() || (bySort != null && !bySort.descending());
        return new ReadPlan(
                true,
                ordered(reads, byPartition != null && byPartition.descending(), forward),
                sorted,
                forward);
    }

    private static @Nullable Ordering find(List<Ordering> orderBy, Predicate<String> name) {
        for (Ordering ordering : orderBy) {
            if (name.test(ordering.attribute())) {
                return ordering;
            }
        }
        return null;
    }

    private static int countPartitions(List<KeyBranch> sorted) {
        int count = 0;
        for (int i = 0; i < sorted.size(); i++) {
            if (i == 0 || !sorted.get(i).partition().equals(sorted.get(i - 1).partition())) {
                count++;
            }
        }
        return count;
    }

    /** One read for each branch; those that overlap become one. */
    private static List<Read> merge(List<KeyBranch> sorted) {
        List<Read> reads = new ArrayList<>();
        for (KeyBranch branch : sorted) {
            if (branch.range().isEmpty()) {
                continue;
            }
            KeyRange collection = ItemCollection.of(branch.partition()).all();
            Read read = new Read(branch.range(), collection, branch.key());
            if (!reads.isEmpty() && reads.getLast().range().intersect(read.range()).isPresent()) {
                Read wide = reads.removeLast();
                read = new Read(hull(wide.range(), read.range()), collection, Optional.empty());
            }
            reads.add(read);
        }
        return reads;
    }

    /** Of two ranges the first of which begins first. */
    private static KeyRange hull(KeyRange first, KeyRange second) {
        return first.contains(second) ? first : new KeyRange(first.from(), second.to());
    }

    /** Partitions in their order, and the parts of each in that of its sort keys. */
    private static List<Read> ordered(List<Read> reads, boolean descending, boolean forward) {
        List<List<Read>> partitions = new ArrayList<>();
        for (Read read : reads) {
            if (partitions.isEmpty()
                    || !partitions.getLast().getFirst().collection().equals(read.collection())) {
                partitions.add(new ArrayList<>());
            }
            partitions.getLast().add(read);
        }
        List<Read> ordered = new ArrayList<>(reads.size());
        for (List<Read> partition : descending ? partitions.reversed() : partitions) {
            ordered.addAll(forward ? partition : partition.reversed());
        }
        return ordered;
    }

    /** In the order in which their items are answered. */
    public List<Read> reads() {
        return reads;
    }

    /** Whether each read is of the items of one partition key. */
    public boolean isKeyed() {
        return keyed;
    }

    /** Whether each range is read from its low end. */
    public boolean isForward() {
        return forward;
    }

    /** The one key that is read, where the clause says nothing but what it is. */
    public Optional<Item> onlyKey() {
        return reads.size() == 1 && branches.size() == 1 && branches.getFirst().isKeyAlone()
                ? reads.getFirst().key()
                : Optional.empty();
    }

    /**
     * What the branches filter by, beside their keys, and what is read does not have; nothing where
     * one branch gets by without.
     *
     * @param projected whether what is read has an attribute
     */
    public List<String> missingFilterAttributes(Predicate<String> projected) {
        List<String> missing = List.of();
        for (KeyBranch branch : branches) {
            missing = branch.filterAttributes().stream().filter(projected.negate()).toList();
            if (missing.isEmpty()) {
                return missing;
            }
        }
        return missing;
    }
}
