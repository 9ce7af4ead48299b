package dev.stator.server.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.slf4j.event.Level;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * Options that several commands have. An option belongs to one command, so each call makes a new
 * one.
 */
final class SharedOptions {
    private static final List<String> LEVELS =
            Stream.of(Level.values()).map(level -> level.name().toLowerCase(Locale.ROOT)).toList();
    private static final ITypeConverter<Level> TO_LEVEL =
            text -> {
                if (!LEVELS.contains(text)) {
                    throw new TypeConversionException(
                            "'" + text + "' is not one of " + String.join(", ", LEVELS));
                }
                return Level.valueOf(text.toUpperCase(Locale.ROOT));
            };

    private SharedOptions() {}

    static OptionSpec config(boolean required) {
        return OptionSpec.builder("--config")
                .type(Path.class)
                .paramLabel("FILE")
                .required(required)
                .description("Read the configuration from this YAML file.")
                .build();
    }

    static OptionSpec logLevel(String defaultLevel) {
        return OptionSpec.builder("--log-level")
                .type(Level.class)
                .converters(TO_LEVEL)
                .defaultValue(defaultLevel)
                .paramLabel("LEVEL")
                .description(
                        "Log to the standard error what is at least this grave: "
                                + String.join(", ", LEVELS)
                                + ". Default: "
                                + defaultLevel
                                + ".")
                .build();
    }
}
