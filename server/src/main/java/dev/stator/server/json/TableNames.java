package dev.stator.server.json;

import dev.stator.model.error.ApiException;
import dev.stator.model.error.Messages;
import org.jspecify.annotations.Nullable;

/**
 * Checks the TableName of a request, which may be a name or an ARN. Whether an ARN names a table is
 * for the operation to say.
 */
final class TableNames {
    private static final String ARN_PREFIX = "arn:";
    private static final int ARN_LENGTH_MAX = 1024;

    private TableNames() {}

    /** A table name of an operation on items; an absent one violates. */
    static void check(@Nullable String tableName, Violations violations) {
        if (tableName == null) {
            violations.addNull(Members.TABLE_NAME.name());
        } else if (tableName.isEmpty()) {
            violations.add(
                    "",
                    Members.TABLE_NAME.name(),
                    "Member must have length greater than or equal to 1");
        } else if (!isArn(tableName)) {
            Members.TABLE_NAME.check(tableName, violations);
        }
    }

    /** The table name of one action of a transaction, whose path is given. */
    static void checkAt(String parent, @Nullable String tableName, Violations violations) {
        if (tableName == null || !isArn(tableName)) {
            Members.TABLE_NAME.checkRequired(parent, tableName, violations);
        }
    }

    /** A table name of an operation on tables; it is there. */
    static void checkOfTable(String tableName, Violations violations) {
        if (!isArn(tableName)) {
            Members.TABLE_NAME.checkLengthFirst(tableName, violations);
        }
    }

    /** Single-item operations and Query look no further if the name is empty. */
    static void refuseEmpty(@Nullable String tableName) {
        if (tableName != null && tableName.isEmpty()) {
            throw Violations.single(
                    "Value at 'TableName' failed to satisfy constraint:"
                            + " Member must have length greater than or equal to 1");
        }
    }

    /** Operations on tables look no further if the name is absent. */
    static String required(@Nullable String tableName) {
        if (tableName == null) {
            throw ApiException.validation(Messages.TABLE_NAME_REQUIRED);
        }
        return tableName;
    }

    /** Whether a key of RequestItems can name a table. */
    static boolean isValid(String tableName) {
        return isArn(tableName) || Members.TABLE_NAME.isSatisfiedBy(tableName);
    }

    private static boolean isArn(String tableName) {
        return tableName.startsWith(ARN_PREFIX) && tableName.length() <= ARN_LENGTH_MAX;
    }
}
