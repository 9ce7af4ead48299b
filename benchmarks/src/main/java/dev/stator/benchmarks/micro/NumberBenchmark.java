package dev.stator.benchmarks.micro;

import dev.stator.model.DecimalNumber;
import dev.stator.model.validation.Numbers;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** Numbers: from the text of a request to the canonical text of an answer. */
public class NumberBenchmark extends MicroBenchmark {
    @Param({"42", "-1234.5600", "12345678901234567890123456789012345678e-10"})
    public String text = "";

    @Benchmark
    public DecimalNumber parse() {
        return Numbers.parse(text);
    }

    @Benchmark
    public String canonical() {
        return Numbers.parse(text).toString();
    }
}
