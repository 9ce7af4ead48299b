package dev.stator.server.json;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A member that has one of the names of an enumeration. */
final class EnumMember<E extends Enum<E>> {
    private final String name;
    private final List<E> constants;
    private final String constraint;

    /**
     * @param name as messages call it
     * @param constants in the order in which messages list them
     */
    EnumMember(String name, List<E> constants) {
        this.name = name;
        this.constants = List.copyOf(constants);
        constraint = "Member must satisfy enum value set: " + constants;
    }

    /** Checks a value at the top of a request. */
    Optional<E> check(@Nullable String value, Violations violations) {
        return checkAt(name, value, violations);
    }

    /** Checks a value at the top of a request; an absent one stands for {@code absent}. */
    E check(@Nullable String value, E absent, Violations violations) {
        return value == null ? absent : checkAt(name, value, violations).orElse(absent);
    }

    /** Checks a value whose parent stands at the given path. */
    Optional<E> check(String parent, @Nullable String value, Violations violations) {
        return checkAt(parent + "." + name, value, violations);
    }

    /** Checks a value whose parent stands at the given path; an absent one violates. */
    Optional<E> checkRequired(String parent, @Nullable String value, Violations violations) {
        if (value == null) {
            violations.addNull(parent + "." + name);
        }
        return check(parent, value, violations);
    }

    /** The constant of that name; empty if the value is absent or unknown. */
    Optional<E> find(@Nullable String value) {
        for (E constant : constants) {
            if (constant.name().equals(value)) {
                return Optional.of(constant);
            }
        }
        return Optional.empty();
    }

    private Optional<E> checkAt(String path, @Nullable String value, Violations violations) {
        Optional<E> found = find(value);
        if (found.isEmpty() && value != null) {
            violations.add(value, path, constraint);
        }
        return found;
    }
}
