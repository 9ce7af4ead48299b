package dev.stator.tools.cli;

import dev.stator.tools.load.BenchRun;
import java.io.PrintStream;
import java.util.Locale;

/** One line that is written again and again where there is a terminal; else one line each time. */
final class ProgressLine implements BenchRun.Progress {
    private static final int WIDTH = 79;

    private final PrintStream out;
    private final boolean terminal;

    ProgressLine(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public void now(String doing, double answersPerSecond) {
        String line = String.format(Locale.ROOT, "%s: %.0f requests/s", doing, answersPerSecond);
        if (terminal) {
            out.printf("\r%-" + WIDTH + "s", line);
        } else {
            out.println(line);
        }
        out.flush();
    }

    @Override
    public void done() {
        if (terminal) {
            out.printf("\r%" + WIDTH + "s\r", "");
            out.flush();
        }
    }
}
