package dev.stator.benchmarks.micro;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Runs benchmarks of this package with JMH, whose options are taken as they are. */
public final class MicroCommand {
    private static final int FAILED = 1;

    private MicroCommand() {}

    /**
     * Reports allocation as well, unless other profilers are asked for. JMH itself ends the process
     * where a benchmark fails.
     */
    public static int execute(List<String> arguments, PrintStream errors) {
        List<String> all = new ArrayList<>(arguments);
        if (!arguments.contains("-prof")) {
            all.addAll(List.of("-prof", "gc"));
        }
        try {
            org.openjdk.jmh.Main.main(all.toArray(new String[0]));
            return 0;
        } catch (IOException e) {
            errors.println(e);
            return FAILED;
        }
    }
}
