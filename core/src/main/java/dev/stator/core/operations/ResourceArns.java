package dev.stator.core.operations;

import dev.stator.model.error.ApiError;
import dev.stator.model.error.ApiException;
import dev.stator.model.error.Messages;

/**
 * The ResourceArn of requests about tags and policies. It is refused in words of its own, unlike an
 * ARN in the place of a table's name.
 */
final class ResourceArns {
    private static final String SERVICE = ":dynamodb:";
    private static final String TABLE = ":table/";

    private ResourceArns() {}

    /** The table that it names; streams, which it may name too, do not exist. */
    static TableReference table(String arn) {
        if (!arn.startsWith("arn:")) {
            throw Refusal.invalid("ARNs must start with 'arn:': " + arn);
        }
        int table = arn.indexOf(TABLE);
        if (!arn.contains(SERVICE) || table < 0) {
            throw Refusal.invalid("Provided Arn is not a DynamoDB resource arn: " + arn);
        }
        int below = arn.indexOf('/', table + TABLE.length());
        if (below < 0) {
            try {
                return TableReference.parse(arn);
            } catch (ApiException e) {
                throw malformed(arn);
            }
        }
        if (arn.startsWith("/index/", below)) {
            throw Refusal.invalid(
                    "Invalid resource arn provided, only table or stream is accepted. Provided"
                            + " resource arn: "
                            + arn);
        }
        if (arn.startsWith("/stream/", below)) {
            throw new ApiException(
                    new ApiError.ResourceNotFound(
                            Messages.RESOURCE_NOT_FOUND + ": ResourceArn: " + arn + " not found"));
        }
        throw Refusal.invalid("Provided Arn is not a DynamoDB resource arn: " + arn);
    }

    static ApiException malformed(String arn) {
        return ApiException.validation(
                "Invalid TableArn: Invalid ResourceArn provided as input " + arn);
    }
}
