package dev.stator.tools.load;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is asked for, and in which proportion. A, B and C are those of YCSB (Cooper et al.,
 * "Benchmarking Cloud Serving Systems with YCSB", SoCC 2010, table 2), with consistent reads.
 */
public enum Workload {
    A("half reads, half updates", Operation.GET_STRONG, Operation.UPDATE, 50),
    B("95 % reads, 5 % updates", Operation.GET_STRONG, Operation.UPDATE, 5),
    C("reads only", Operation.GET_STRONG),
    WRITE("PutItem only", Operation.PUT),
    GET("GetItem, consistent", Operation.GET_STRONG),
    GET_EVENTUAL("GetItem, eventually consistent", Operation.GET_EVENTUAL),
    UPDATE("UpdateItem only", Operation.UPDATE),
    QUERY("Query for a collection of ten items", Operation.QUERY);

    private final String description;
    private final Operation first;
    private final Operation second;
    private final int secondPercent;

    Workload(String description, Operation only) {
        this(description, only, only, 0);
    }

    Workload(String description, Operation first, Operation second, int secondPercent) {
        this.description = description;
        this.first = first;
        this.second = second;
        this.secondPercent = secondPercent;
    }

    /** The name on the command line and in reports. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String description() {
        return description;
    }

    /** The workload of that label. */
    public static Optional<Workload> of(String label) {
        return Arrays.stream(values()).filter(each -> each.label().equals(label)).findFirst();
    }

    /** What is asked for, at least once in a while. */
    List<Operation> operations() {
        return first == second ? List.of(first) : List.of(first, second);
    }

    /**
     * The operation that a random number stands for.
     *
     * @param percent from 0 to 99
     */
    Operation operation(int percent) {
        return percent < secondPercent ? second : first;
    }

    boolean isOnCollections() {
        return first.isOnCollections();
    }
}
