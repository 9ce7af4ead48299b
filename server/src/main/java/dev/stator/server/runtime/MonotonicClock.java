package dev.stator.server.runtime;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * The clock that leases run on: nanoseconds since some moment, never going back, and going on while
 * the machine is suspended. {@code System.nanoTime} stands still then on Linux, and a leader that
 * slept through its lease would believe in it; so the boot-time clock of the kernel is read instead
 * (clock_gettime(2), CLOCK_BOOTTIME). An instance is used by one thread.
 */
public final class MonotonicClock {
    private static final int CLOCK_BOOTTIME = 7;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final MemoryLayout TIMESPEC =
            MemoryLayout.structLayout(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG);

    /** Constant, so that a call of it is compiled into the caller. */
    private static final @Nullable MethodHandle CLOCK_GETTIME =
            isLinux() ? linkClockGettime() : null;

    private final MemorySegment timespec = Arena.ofAuto().allocate(TIMESPEC);

    private static boolean isLinux() {
        return System.getProperty("os.name", "").startsWith("Linux");
    }

    @SuppressWarnings("restricted") // The signature is that of clock_gettime(2).
    private static MethodHandle linkClockGettime() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("clock_gettime"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS),
                Linker.Option.critical(false));
    }

    /**
     * Now. On systems other than Linux the clock may stand still while the machine is suspended; a
     * cluster of several machines must not be run there.
     */
    public long nanos() {
        MethodHandle clockGettime = CLOCK_GETTIME;
        if (clockGettime == null) {
            return System.nanoTime();
        }
        try {
            int result = (int) clockGettime.invokeExact(CLOCK_BOOTTIME, timespec);
            if (result != 0) {
                throw new IllegalStateException("clock_gettime failed");
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("clock_gettime cannot be called", e);
        }
        return timespec.getAtIndex(ValueLayout.JAVA_LONG, 0) * NANOS_PER_SECOND
                + timespec.getAtIndex(ValueLayout.JAVA_LONG, 1);
    }
}
