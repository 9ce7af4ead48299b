package dev.stator.server.json;

import org.jspecify.annotations.Nullable;

/**
 * What the service model demands of a string member: bounds of its length in characters, and
 * whether it consists of the characters of names.
 *
 * @param name as messages call it
 */
record StringMember(String name, int minLength, int maxLength, boolean isName) {
    private static final String NAME_PATTERN = "[a-zA-Z0-9_.-]+";

    /** Checks a value at the top of a request; an absent one satisfies. */
    void check(@Nullable String value, Violations violations) {
        checkAt(name, value, violations);
    }

    /** Checks a value whose parent stands at the given path; an absent one violates. */
    void checkRequired(String parent, @Nullable String value, Violations violations) {
        String path = parent + "." + name;
        if (value == null) {
            violations.addNull(path);
        } else {
            checkAt(path, value, violations);
        }
    }

    private void checkAt(String path, @Nullable String value, Violations violations) {
        if (value == null) {
            return;
        }
        checkText(path, value, violations);
        checkLength(path, value, violations);
    }

    /** As {@link #check}, for members of which the service tells the violations the other way. */
    void checkLengthFirst(String value, Violations violations) {
        checkLength(name, value, violations);
        checkText(name, value, violations);
    }

    /** As {@link #checkRequired}, in the order of {@link #checkLengthFirst}. */
    void checkRequiredLengthFirst(String parent, @Nullable String value, Violations violations) {
        String path = parent + "." + name;
        if (value == null) {
            violations.addNull(path);
        } else {
            checkLength(path, value, violations);
            checkText(path, value, violations);
        }
    }

    private void checkText(String path, String value, Violations violations) {
        if (isName && !isNameText(value)) {
            violations.add(
                    value, path, "Member must satisfy regular expression pattern: " + NAME_PATTERN);
        }
    }

    private void checkLength(String path, String value, Violations violations) {
        if (value.length() < minLength) {
            violations.add(
                    value, path, "Member must have length greater than or equal to " + minLength);
        }
        if (value.length() > maxLength) {
            violations.add(
                    value, path, "Member must have length less than or equal to " + maxLength);
        }
    }

    boolean isSatisfiedBy(String value) {
        return value.length() >= minLength
                && value.length() <= maxLength
                && (!isName || isNameText(value));
    }

    /** The constraint of map keys, as the service words it. */
    String asMapKeyConstraint() {
        return "Map keys must satisfy constraint: [Member must have length less than or equal to "
                + maxLength
                + ", Member must have length greater than or equal to "
                + minLength
                + ", Member must satisfy regular expression pattern: "
                + NAME_PATTERN
                + "]";
    }

    private static boolean isNameText(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean allowed =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || c == '_'
                            || c == '.'
                            || c == '-';
            if (!allowed) {
                return false;
            }
        }
        return !value.isEmpty();
    }
}
