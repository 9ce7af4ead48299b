package dev.stator.tools.cli;

import dev.stator.tools.floor.DiskFloor;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code stator disk-floor}. */
final class DiskFloorCommand implements Callable<Integer> {
    private final PrintStream out;
    private final OptionSpec directory =
            OptionSpec.builder("--dir")
                    .type(Path.class)
                    .paramLabel("DIR")
                    .defaultValue(".")
                    .description("Write a temporary file here. Default: the current directory.")
                    .build();
    private final OptionSpec size =
            OptionSpec.builder("--size")
                    .type(Integer.class)
                    .paramLabel("BYTES")
                    .defaultValue("4096")
                    .description("Of each append. Default: 4096.")
                    .build();
    private final OptionSpec duration =
            OptionSpec.builder("--duration")
                    .type(Integer.class)
                    .paramLabel("N")
                    .defaultValue("5")
                    .description("Seconds. Default: 5.")
                    .build();

    DiskFloorCommand(PrintStream out) {
        this.out = out;
    }

    CommandSpec spec() {
        CommandSpec spec =
                CommandSpec.wrapWithoutInspection(this)
                        .name("disk-floor")
                        .mixinStandardHelpOptions(true)
                        .addOption(directory)
                        .addOption(size)
                        .addOption(duration);
        spec.usageMessage().header("Tells how often a second a disk makes an append durable.", "");
        return spec;
    }

    @Override
    public Integer call() throws IOException {
        DiskFloor.Result result =
                DiskFloor.measure(directory.getValue(), size.getValue(), duration.getValue());
        out.printf(
                "%.0f appends/s with fdatasync: p50 %.2f ms, p99 %.2f ms, max %.2f ms%n",
                result.appendsPerSecond(),
                result.micros().getValueAtPercentile(50) / 1000.0,
                result.micros().getValueAtPercentile(99) / 1000.0,
                result.micros().getMaxValue() / 1000.0);
        return ToolsCommand.OK;
    }
}
