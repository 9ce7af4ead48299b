package dev.stator.simulator.workload;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** How often each kind of request ended in which way. */
public final class Tally {
    /** The ways a request can end. */
    public enum End {
        SERVED(""),
        CONDITION_FAILED("not met "),
        CANCELED("cancelled "),
        NOTHING_DONE("not done "),
        UNKNOWN("unknown "),
        REFUSED("refused ");

        private final String label;

        End(String label) {
            this.label = label;
        }
    }

    private final Map<String, Map<End, Long>> counts = new TreeMap<>();

    void count(String request, End end) {
        counts.computeIfAbsent(request, _ -> new EnumMap<>(End.class)).merge(end, 1L, Long::sum);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        counts.forEach((request, ends) -> {
            text.append(text.isEmpty() ? "" : ", ").append(request);
            ends.forEach((end, count) -> text.append(' ').append(end.label).append(count));
        });
        return text.toString();
    }
}
