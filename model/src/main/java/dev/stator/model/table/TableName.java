package dev.stator.model.table;

/** The rules for names of tables and indexes (API reference, CreateTable). */
public final class TableName {
    public static final int MIN_LENGTH = 3;
    public static final int MAX_LENGTH = 255;

    /** As the service words it in its errors. */
    public static final String PATTERN = "[a-zA-Z0-9_.-]+";

    private TableName() {}

    public static boolean isValid(String name) {
        return name.length() >= MIN_LENGTH && name.length() <= MAX_LENGTH && matchesPattern(name);
    }

    /** True if there is at least one character and all are letters, digits, {@code _ . -}. */
    public static boolean matchesPattern(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (!isAllowed(name.charAt(i))) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean isAllowed(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '.'
                || c == '-';
    }
}
