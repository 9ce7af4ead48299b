package dev.stator.simulator;

import dev.stator.simulator.engine.EventCounts;
import dev.stator.simulator.engine.RareEvent;
import dev.stator.simulator.fault.Fault;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What many histories came to together. */
final class Totals {
    private static final double NANOS_PER_HOUR = 3.6e12;

    private final EventCounts events = new EventCounts();
    private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
    private final List<Long> failed = new ArrayList<>();
    private long histories;
    private long simulatedNanos;

    void add(Verdict verdict) {
        histories++;
        if (!verdict.passed()) {
            failed.add(verdict.seed());
        }
        simulatedNanos += verdict.extent().simulatedNanos();
        events.add(verdict.extent().events());
        verdict.extent().faults().forEach((kind, count) -> faults.merge(kind, count, Long::sum));
    }

    List<RareEvent> holes() {
        return events.holes();
    }

    /** A table of the faults and rare events, how often and in how many histories. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format(
                        Locale.ROOT,
                        "%d histories, %.2f simulated hours, %d failed%s",
                        histories,
                        simulatedNanos / NANOS_PER_HOUR,
                        failed.size(),
                        failed.isEmpty() ? "" : ": " + failed));
        lines.add(String.format(Locale.ROOT, "%-24s %10s", "fault", "times"));
        faults.forEach((kind, count) ->
                lines.add(
                        String.format(
                                Locale.ROOT,
                                "%-24s %10d  %s",
                                kind.optionName(),
                                count,
                                kind.description())));
        lines.add(String.format(Locale.ROOT, "%-24s %10s %9s  %s", "event", "times", "seeds", ""));
        for (RareEvent event : RareEvent.values()) {
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "%-24s %10d %9d  %s",
                            event,
                            events.times(event),
                            events.histories(event),
                            event.description()));
        }
        for (RareEvent hole : holes()) {
            lines.add("never happened: " + hole);
        }
        return lines;
    }
}
