package dev.stator.tools.profile;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/**
 * What a flight recording tells of processor time and of allocation.
 *
 * <p>How much a thread used is told by {@code jdk.ThreadCPULoad}; for what, by the stacks of its
 * {@code jdk.CPUTimeSample}s (JEP 509), in native code too. Samples alone would not do: the kernel
 * looks at its timers when the clock ticks, every 4 ms or so, and seldom meets a thread that wakes
 * up, works for some microseconds, and sleeps again. Threads of the virtual machine and of
 * libraries are not seen, but for garbage collection in {@code jdk.GCCPUTime}.
 *
 * <p>Allocation is that of {@code jdk.ObjectAllocationSample}: a sample stands for all that its
 * thread allocated since the one before, so the first of each thread is left out.
 */
public final class Profile {
    private final Map<String, ThreadCosts> threads = new LinkedHashMap<>();
    private final Map<Activity, Long> allocatedBytes = new EnumMap<>(Activity.class);
    private final Map<String, Double> allocatedByFrame = new TreeMap<>();
    private final int processors;
    private long collectionNanos;

    private Profile(int processors) {
        this.processors = processors;
    }

    /** What is known of one thread. */
    private static final class ThreadCosts {
        private final Map<Activity, Long> samples = new EnumMap<>(Activity.class);
        private final Map<String, Long> samplesByFrame = new TreeMap<>();
        private @Nullable Instant lastLoad;
        private double nanos;
        private long sampleCount;
        private boolean hasAllocated;
    }

    /** Reads a recording that was made on a machine like this one. */
    public static Profile read(Path recording) throws IOException {
        Profile profile = new Profile(Runtime.getRuntime().availableProcessors());
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                profile.take(file.readEvent());
            }
        }
        return profile;
    }

    private void take(RecordedEvent event) {
        switch (event.getEventType().getName()) {
            case "jdk.ThreadCPULoad" -> takeLoad(event);
            case "jdk.CPUTimeSample" -> takeSample(event);
            case "jdk.ObjectAllocationSample" -> takeAllocation(event);
            case "jdk.GCCPUTime" -> {
                Duration user = event.getDuration("userTime");
                collectionNanos += user.plus(event.getDuration("systemTime")).toNanos();
            }
            default -> {} // Of no use here.
        }
    }

    private ThreadCosts costs(@Nullable RecordedThread thread) {
        String name = thread == null ? null : thread.getJavaName();
        return threads.computeIfAbsent(
                name == null ? "(unnamed)" : name, each -> new ThreadCosts());
    }

    /** A load is a part of what all processors could do since the one before. */
    private void takeLoad(RecordedEvent event) {
        ThreadCosts thread = costs(event.getThread("eventThread"));
        Instant now = event.getStartTime();
        if (thread.lastLoad != null) {
            double load = event.getFloat("user") + event.getFloat("system");
            thread.nanos += load * processors * Duration.between(thread.lastLoad, now).toNanos();
        }
        thread.lastLoad = now;
    }

    private void takeSample(RecordedEvent event) {
        List<String> frames = frames(event.getStackTrace());
        ThreadCosts thread = costs(event.getThread("eventThread"));
        thread.sampleCount++;
        thread.samples.merge(Activity.of(frames), 1L, Long::sum);
        String innermost = frames.isEmpty() ? "(unknown)" : frames.getFirst();
        thread.samplesByFrame.merge(innermost + " < " + ownFrame(frames), 1L, Long::sum);
    }

    private void takeAllocation(RecordedEvent event) {
        ThreadCosts thread = costs(event.getThread("eventThread"));
        if (thread.hasAllocated) {
            List<String> frames = frames(event.getStackTrace());
            long weight = event.getLong("weight");
            allocatedBytes.merge(Activity.of(frames), weight, Long::sum);
            allocatedByFrame.merge(ownFrame(frames), (double) weight, Double::sum);
        }
        thread.hasAllocated = true;
    }

    private static List<String> frames(@Nullable RecordedStackTrace stack) {
        List<String> frames = new ArrayList<>();
        if (stack != null) {
            for (RecordedFrame frame : stack.getFrames()) {
                frames.add(
                        frame.getMethod().getType().getName() + "." + frame.getMethod().getName());
            }
        }
        return frames;
    }

    private static String ownFrame(List<String> frames) {
        return frames.stream()
                .filter(frame -> frame.startsWith("dev.stator."))
                .findFirst()
                .orElse("(none of our own)");
    }

    /** Nanoseconds of processor time by activity. */
    public Map<Activity, Double> nanos() {
        Map<Activity, Double> nanos = new EnumMap<>(Activity.class);
        for (ThreadCosts thread : threads.values()) {
            thread.samples.forEach((activity, count) ->
                    nanos.merge(activity, thread.nanos * count / thread.sampleCount, Double::sum));
        }
        return nanos;
    }

    /** Bytes allocated by activity, estimated from samples. */
    public Map<Activity, Long> allocatedBytes() {
        return allocatedBytes;
    }

    /** Processor time of garbage collection. */
    public long collectionNanos() {
        return collectionNanos;
    }

    /** Nanoseconds of processor time by thread, the most first. */
    public List<Map.Entry<String, Double>> threads() {
        Map<String, Double> nanos = new TreeMap<>();
        threads.forEach((name, thread) -> nanos.put(name, thread.nanos));
        return most(nanos);
    }

    /**
     * Nanoseconds of processor time by innermost frame and the innermost one of our own, the most
     * first.
     */
    public List<Map.Entry<String, Double>> frames() {
        Map<String, Double> nanos = new TreeMap<>();
        for (ThreadCosts thread : threads.values()) {
            thread.samplesByFrame.forEach((frame, count) ->
                    nanos.merge(frame, thread.nanos * count / thread.sampleCount, Double::sum));
        }
        return most(nanos);
    }

    /** Bytes allocated by the innermost frame of our own, the most first. */
    public List<Map.Entry<String, Double>> allocators() {
        return most(allocatedByFrame);
    }

    private static List<Map.Entry<String, Double>> most(Map<String, Double> costs) {
        return costs.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .toList();
    }
}
