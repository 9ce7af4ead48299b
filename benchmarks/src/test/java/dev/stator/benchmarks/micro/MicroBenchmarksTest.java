package dev.stator.benchmarks.micro;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every benchmark runs. What it takes is nobody's business here. */
class MicroBenchmarksTest {
    @Test
    void everyBenchmarkRuns() throws RunnerException {
        Collection<RunResult> results =
                new Runner(
                                new OptionsBuilder()
                                        .include(MicroBenchmark.class.getPackageName())
                                        .forks(0)
                                        .mode(Mode.SingleShotTime)
                                        .warmupIterations(0)
                                        .measurementIterations(1)
                                        .measurementTime(TimeValue.milliseconds(1))
                                        .shouldFailOnError(true)
                                        .verbosity(VerboseMode.SILENT)
                                        .build())
                        .run();
        Set<String> classes = new TreeSet<>();
        for (RunResult result : results) {
            String benchmark = result.getParams().getBenchmark();
            String owner = benchmark.substring(0, benchmark.lastIndexOf('.'));
            classes.add(owner.substring(owner.lastIndexOf('.') + 1));
        }
        assertThat(classes)
                .containsExactly(
                        "ExpressionBenchmark",
                        "JsonBenchmark",
                        "KeyBenchmark",
                        "LogBenchmark",
                        "LogSyncBenchmark",
                        "NumberBenchmark",
                        "SignatureBenchmark",
                        "StoredItemBenchmark");
    }
}
