package dev.stator.core.wire;

import dev.stator.model.codec.BinaryReader;
import dev.stator.model.codec.BinaryWriter;
import dev.stator.model.codec.MalformedEncodingException;
import java.util.EnumMap;
import java.util.List;
import java.util.Objects;

/**
 * The numbers of an enum's constants on the wire: their places in a list that is written down for
 * the purpose, so that reordering the constants changes nothing. The list only grows at its end.
 */
final class EnumCode<E extends Enum<E>> {
    private final List<E> byNumber;
    private final EnumMap<E, Integer> numbers;

    private EnumCode(List<E> byNumber) {
        this.byNumber = byNumber;
        this.numbers = new EnumMap<>(byNumber.getFirst().getDeclaringClass());
        for (int number = 0; number < byNumber.size(); number++) {
            numbers.put(byNumber.get(number), number);
        }
    }

    /** A code for all constants of the enum, each one once. */
    static <E extends Enum<E>> EnumCode<E> of(List<E> constants) {
        int expected = constants.getFirst().getDeclaringClass().getEnumConstants().length;
        if (constants.size() != expected || constants.stream().distinct().count() != expected) {
            throw new IllegalArgumentException("not all constants, each once: " + constants);
        }
        return new EnumCode<>(constants);
    }

    void write(BinaryWriter writer, E constant) {
        writer.writeByte(Objects.requireNonNull(numbers.get(constant)));
    }

    E read(BinaryReader reader) {
        int number = reader.readByte();
        if (number >= byNumber.size()) {
            throw new MalformedEncodingException(
                    "unknown constant " + number + " beside " + byNumber);
        }
        return byNumber.get(number);
    }
}
