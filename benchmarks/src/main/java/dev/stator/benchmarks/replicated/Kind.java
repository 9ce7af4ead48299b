package dev.stator.benchmarks.replicated;

import java.util.Locale;

/**
 * A contender by name: {@code bare}, or {@code stator-N} and {@code ratis-N} with N partitions or
 * groups.
 */
record Kind(Type type, int groups) {
    enum Type {
        BARE,
        STATOR,
        RATIS
    }

    static Kind parse(String name) {
        int dash = name.indexOf('-');
        String type = dash < 0 ? name : name.substring(0, dash);
        int groups = dash < 0 ? 1 : Integer.parseInt(name.substring(dash + 1));
        Kind kind = new Kind(Type.valueOf(type.toUpperCase(Locale.ROOT)), groups);
        if (groups < 1 || !kind.toString().equals(name)) {
            throw new IllegalArgumentException(name);
        }
        return kind;
    }

    @Override
    public String toString() {
        String name = type.name().toLowerCase(Locale.ROOT);
        return type == Type.BARE ? name : name + "-" + groups;
    }
}
