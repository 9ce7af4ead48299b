package dev.stator.simulator.engine;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How often each rare event happened, in one history or in many, and in how many of them. */
public final class EventCounts {
    private final Map<RareEvent, Long> times = new EnumMap<>(RareEvent.class);
    private final Map<RareEvent, Long> histories = new EnumMap<>(RareEvent.class);

    public void happened(RareEvent event) {
        times.merge(event, 1L, Long::sum);
    }

    /** Takes the counts of one history. */
    public void add(EventCounts history) {
        history.times.forEach((event, count) -> {
            times.merge(event, count, Long::sum);
            histories.merge(event, 1L, Long::sum);
        });
    }

    public long times(RareEvent event) {
        return times.getOrDefault(event, 0L);
    }

    /** In how many of the histories that were {@link #add added} it happened. */
    public long histories(RareEvent event) {
        return histories.getOrDefault(event, 0L);
    }

    /** What never happened. */
    public List<RareEvent> holes() {
        List<RareEvent> holes = new ArrayList<>();
        for (RareEvent event : RareEvent.values()) {
            if (times(event) == 0) {
                holes.add(event);
            }
        }
        return holes;
    }
}
