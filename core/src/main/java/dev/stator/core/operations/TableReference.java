package dev.stator.core.operations;

import dev.stator.model.error.ApiError;
import dev.stator.model.error.ApiException;
import dev.stator.model.table.TableName;

/**
 * How a request names a table: by name, or by ARN (API reference, TableArn).
 *
 * @param given what the request says; capacity is reported under it
 * @param region the region that an ARN names; empty for a name
 * @param accountId the account that an ARN names; empty for a name
 * @param name the name of the table
 */
record TableReference(String given, String region, String accountId, String name) {
    private static final String ARN = "arn:";
    private static final String RESOURCE = "table/";
    private static final int ARN_PARTS = 6;
    private static final int PARTITION = 1;
    private static final int SERVICE = 2;
    private static final int REGION = 3;
    private static final int ACCOUNT = 4;
    private static final int RESOURCE_PART = 5;
    private static final int MIN_NAME_LENGTH = 3;

    static TableReference parse(String given) {
        if (!given.startsWith(ARN)) {
            return new TableReference(given, "", "", given);
        }
        String[] parts = split(given);
        if (parts[PARTITION].isEmpty()
                || !parts[SERVICE].equals("dynamodb")
                || parts[ACCOUNT].isEmpty()
                || parts[RESOURCE_PART].indexOf('/') < 0) {
            throw malformed(given);
        }
        if (!parts[RESOURCE_PART].startsWith(RESOURCE)) {
            throw ApiException.validation(
                    "1 validation error detected: Invalid resource type in '" + given + "'");
        }
        String name = parts[RESOURCE_PART].substring(RESOURCE.length());
        if (name.length() < MIN_NAME_LENGTH) {
            throw violation(
                    given,
                    "Table name of ARN must have length greater than or equal to "
                            + MIN_NAME_LENGTH);
        }
        if (!TableName.isValid(name)) {
            throw malformed(given);
        }
        return new TableReference(given, parts[REGION], parts[ACCOUNT], name);
    }

    static String arn(String region, String accountId, String name) {
        return "arn:aws:dynamodb:" + region + ":" + accountId + ":" + RESOURCE + name;
    }

    /**
     * Refuses tables of other regions and accounts, as names never are. Requests that read and
     * write items are told why.
     *
     * @throws ApiException if the caller can not reach the table
     */
    void checkReach(OperationContext context) {
        if (isOutOfReach(context)) {
            throw new ApiException(new ApiError.AccessDenied(denied(context)));
        }
    }

    /** The same for requests about the table. */
    void checkControl(OperationContext context) {
        if (isOutOfReach(context)) {
            throw new ApiException(new ApiError.AccessDenied("Access is denied"));
        }
    }

    boolean isOfRegion(OperationContext context) {
        return region.equals(context.region());
    }

    /** Whether the table is another account's; what is of another region is refused here. */
    private boolean isOutOfReach(OperationContext context) {
        if (accountId.isEmpty()) {
            return false;
        }
        if (!isOfRegion(context)) {
            throw ApiException.validation(
                    "1 validation error detected: Invalid AWS region in '" + given + "'");
        }
        return !accountId.equals(context.accountId());
    }

    /** Tables have no policies yet, which alone could let another account in. */
    private String denied(OperationContext context) {
        String action = "dynamodb:" + context.operationName();
        return "User: arn:aws:iam::%s:root is not authorized to perform: %s on resource: %s because no resource-based policy allows the %s action"
                .formatted(context.accountId(), action, given, action);
    }

    /** The parts between colons; the last one keeps the colons that it has. */
    private static String[] split(String arn) {
        String[] parts = new String[ARN_PARTS];
        int from = 0;
        for (int i = 0; i < RESOURCE_PART; i++) {
            int colon = arn.indexOf(':', from);
            if (colon < 0) {
                throw malformed(arn);
            }
            parts[i] = arn.substring(from, colon);
            from = colon + 1;
        }
        parts[RESOURCE_PART] = arn.substring(from);
        return parts;
    }

    private static ApiException malformed(String given) {
        return violation(
                given,
                "Valid ARN format is"
                        + " 'arn:<awsPartition>:<vendor>:<region>:<subscriber>:resourceType/resourceName',"
                        + " where Resource name must have length less than or equal to 255,"
                        + " Resource name must have length greater than or equal to 3, Resource"
                        + " name must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
    }

    private static ApiException violation(String given, String constraint) {
        return ApiException.validation(
                "1 validation error detected: Value '"
                        + given
                        + "' at 'tableName' failed to satisfy constraint: "
                        + constraint);
    }
}
