package dev.stator.benchmarks;

import dev.stator.benchmarks.micro.MicroCommand;
import dev.stator.benchmarks.replicated.StorageCommand;
import java.util.List;

/** Where the process begins: bin/microbench and bin/bench-storage are its two programs. */
public final class Main {
    private static final int USAGE = 2;

    private Main() {}

    /** Ends the process with the exit code of the program that the first argument names. */
    public static void main(String[] arguments) {
        List<String> all = List.of(arguments);
        String program = all.isEmpty() ? "" : all.getFirst();
        List<String> rest = all.isEmpty() ? all : all.subList(1, all.size());
        System.exit(
                switch (program) {
                    case "micro" -> MicroCommand.execute(rest, System.err);
                    case "storage" -> new StorageCommand(System.out, System.err).execute(rest);
                    default -> {
                        System.err.println("usage: micro | storage [ARGUMENT...]");
                        yield USAGE;
                    }
                });
    }
}
