package dev.stator.server.json;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import tools.jackson.core.JsonGenerator;

/** Writes lists and maps of strings, and times. */
final class StringsWriter {
    private static final int MILLIS_DECIMALS = 3;

    private StringsWriter() {}

    static void write(String name, List<String> strings, JsonGenerator out) {
        out.writeArrayPropertyStart(name);
        for (String string : strings) {
            out.writeString(string);
        }
        out.writeEndArray();
    }

    static void write(String name, SequencedMap<String, String> strings, JsonGenerator out) {
        out.writeObjectPropertyStart(name);
        strings.forEach(out::writeStringProperty);
        out.writeEndObject();
    }

    static void writeOptional(String name, Optional<String> text, JsonGenerator out) {
        if (text.isPresent()) {
            out.writeStringProperty(name, text.get());
        }
    }

    /** Writes a time as the protocol has it: seconds since 1970, with a fraction. */
    static void writeTime(String name, long millis, JsonGenerator out) {
        out.writeName(name);
        out.writeNumber(BigDecimal.valueOf(millis, MILLIS_DECIMALS));
    }

    static void writeTime(String name, OptionalLong millis, JsonGenerator out) {
        if (millis.isPresent()) {
            writeTime(name, millis.getAsLong(), out);
        }
    }
}
