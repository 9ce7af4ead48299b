package dev.stator.tools.profile;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/**
 * What a flight recording tells of processor time and of allocation. Processor time is that of
 * {@code jdk.CPUTimeSample} (JEP 509), which samples each thread after so much processor time, in
 * native code too; a sample stands for its sampling period. Threads of the virtual machine and of
 * libraries are not sampled; garbage collection is told by {@code jdk.GCCPUTime}.
 */
public final class Profile {
    private final Map<Activity, Long> nanos = new EnumMap<>(Activity.class);
    private final Map<Activity, Long> allocatedBytes = new EnumMap<>(Activity.class);
    private final Map<String, Long> nanosByFrame = new TreeMap<>();
    private final Map<String, Long> nanosByThread = new TreeMap<>();
    private final Map<String, Long> allocatedByFrame = new TreeMap<>();
    private long collectionNanos;
    private long failedSamples;

    /** Reads a recording. */
    public static Profile read(Path recording) throws IOException {
        Profile profile = new Profile();
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                profile.take(file.readEvent());
            }
        }
        return profile;
    }

    private void take(RecordedEvent event) {
        switch (event.getEventType().getName()) {
            case "jdk.CPUTimeSample" -> takeSample(event);
            case "jdk.ObjectAllocationSample" -> {
                List<String> frames = frames(event.getStackTrace());
                allocatedBytes.merge(Activity.of(frames), event.getLong("weight"), Long::sum);
                allocatedByFrame.merge(ownFrame(frames), event.getLong("weight"), Long::sum);
            }
            case "jdk.GCCPUTime" ->
                    collectionNanos +=
                            event.getDuration("userTime")
                                    .plus(event.getDuration("systemTime"))
                                    .toNanos();
            default -> {} // Of no use here.
        }
    }

    private void takeSample(RecordedEvent event) {
        Duration period = event.getDuration("samplingPeriod");
        RecordedStackTrace stack = event.getStackTrace();
        if (stack == null) {
            failedSamples++;
        }
        List<String> frames = frames(stack);
        nanos.merge(Activity.of(frames), period.toNanos(), Long::sum);
        nanosByFrame.merge(
                frames.isEmpty() ? "(unknown)" : frames.getFirst() + " < " + ownFrame(frames),
                period.toNanos(),
                Long::sum);
        String thread = event.getThread("eventThread").getJavaName();
        nanosByThread.merge(thread == null ? "(unnamed)" : thread, period.toNanos(), Long::sum);
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

    /** Processor time by activity. */
    public Map<Activity, Long> nanos() {
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

    /** Samples whose stack could not be walked; they count as other code. */
    public long failedSamples() {
        return failedSamples;
    }

    /** Processor time by thread, the most first. */
    public List<Map.Entry<String, Long>> threads() {
        return most(nanosByThread);
    }

    /** Processor time by innermost frame and the innermost one of our own, the most first. */
    public List<Map.Entry<String, Long>> frames() {
        return most(nanosByFrame);
    }

    /** Bytes allocated by the innermost frame of our own, the most first. */
    public List<Map.Entry<String, Long>> allocators() {
        return most(allocatedByFrame);
    }

    private static List<Map.Entry<String, Long>> most(Map<String, Long> costs) {
        return costs.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .toList();
    }
}
