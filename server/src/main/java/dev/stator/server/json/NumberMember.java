package dev.stator.server.json;

import org.jspecify.annotations.Nullable;

/**
 * What the service model demands of a number: its range, both ends included.
 *
 * @param name as messages call it
 */
record NumberMember(String name, long min, long max) {

    /** Checks a value at the top of a request; an absent one satisfies. */
    void check(@Nullable Integer value, Violations violations) {
        if (value != null) {
            checkAt(name, value, violations);
        }
    }

    /** Checks a value whose parent stands at the given path; an absent one violates. */
    void checkRequired(String parent, @Nullable Long value, Violations violations) {
        String path = parent + "." + name;
        if (value == null) {
            violations.addNull(path);
        } else {
            checkAt(path, value, violations);
        }
    }

    private void checkAt(String path, long value, Violations violations) {
        if (value < min) {
            violations.add(
                    Long.toString(value),
                    path,
                    "Member must have value greater than or equal to " + min);
        }
        if (value > max) {
            violations.add(
                    Long.toString(value),
                    path,
                    "Member must have value less than or equal to " + max);
        }
    }
}
