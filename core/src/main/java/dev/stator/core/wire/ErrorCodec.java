package dev.stator.core.wire;

import dev.stator.model.codec.BinaryReader;
import dev.stator.model.codec.BinaryWriter;
import dev.stator.model.error.ApiError;
import dev.stator.model.error.CancellationReason;
import dev.stator.model.error.ThrottlingReason;
import java.util.List;

/** The errors of the API: a number for the kind, the message, and what a kind has besides. */
final class ErrorCodec {
    private static final EnumCode<ThrottlingReason.Target> TARGETS =
            EnumCode.of(List.of(ThrottlingReason.Target.TABLE, ThrottlingReason.Target.INDEX));
    private static final EnumCode<ThrottlingReason.Access> ACCESSES =
            EnumCode.of(List.of(ThrottlingReason.Access.READ, ThrottlingReason.Access.WRITE));
    private static final EnumCode<ThrottlingReason.Limit> LIMITS =
            EnumCode.of(
                    List.of(
                            ThrottlingReason.Limit.PROVISIONED_THROUGHPUT,
                            ThrottlingReason.Limit.ACCOUNT,
                            ThrottlingReason.Limit.KEY_RANGE,
                            ThrottlingReason.Limit.MAX_ON_DEMAND));
    private static final EnumCode<CancellationReason.Code> CODES =
            EnumCode.of(
                    List.of(
                            CancellationReason.Code.NONE,
                            CancellationReason.Code.CONDITIONAL_CHECK_FAILED,
                            CancellationReason.Code.ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED,
                            CancellationReason.Code.TRANSACTION_CONFLICT,
                            CancellationReason.Code.PROVISIONED_THROUGHPUT_EXCEEDED,
                            CancellationReason.Code.THROTTLING_ERROR,
                            CancellationReason.Code.VALIDATION_ERROR,
                            CancellationReason.Code.DUPLICATE_ITEM,
                            CancellationReason.Code.ACCESS_DENIED,
                            CancellationReason.Code.RESOURCE_NOT_FOUND));

    /** Three constants and the length of a name. */
    private static final int THROTTLING_REASON_BYTES_MIN = 4;

    /** A code, and two things left out. */
    private static final int CANCELLATION_REASON_BYTES_MIN = 3;

    private ErrorCodec() {}

    static void write(BinaryWriter writer, ApiError error) {
        writer.writeByte(kind(error));
        writer.writeString(error.message());
        writeDetails(writer, error);
    }

    static ApiError read(BinaryReader reader) {
        int kind = reader.readByte();
        return read(reader, kind, reader.readString());
    }

    /** Part of the format: a number is never given another meaning. */
    private static int kind(ApiError error) {
        return switch (error) {
            case ApiError.Validation ignored -> 1;
            case ApiError.Serialization ignored -> 2;
            case ApiError.ResourceNotFound ignored -> 3;
            case ApiError.ResourceInUse ignored -> 4;
            case ApiError.LimitExceeded ignored -> 5;
            case ApiError.ConditionalCheckFailed ignored -> 6;
            case ApiError.ItemCollectionSizeLimitExceeded ignored -> 7;
            case ApiError.TransactionConflict ignored -> 8;
            case ApiError.ProvisionedThroughputExceeded ignored -> 9;
            case ApiError.RequestLimitExceeded ignored -> 10;
            case ApiError.Throttling ignored -> 11;
            case ApiError.TransactionCanceled ignored -> 12;
            case ApiError.TransactionInProgress ignored -> 13;
            case ApiError.IdempotentParameterMismatch ignored -> 14;
            case ApiError.DuplicateItem ignored -> 15;
            case ApiError.ReplicatedWriteConflict ignored -> 16;
            case ApiError.PolicyNotFound ignored -> 17;
            case ApiError.IndexNotFound ignored -> 18;
            case ApiError.TableAlreadyExists ignored -> 19;
            case ApiError.TableInUse ignored -> 20;
            case ApiError.TableNotFound ignored -> 21;
            case ApiError.BackupInUse ignored -> 22;
            case ApiError.BackupNotFound ignored -> 23;
            case ApiError.ContinuousBackupsUnavailable ignored -> 24;
            case ApiError.PointInTimeRecoveryUnavailable ignored -> 25;
            case ApiError.InvalidRestoreTime ignored -> 26;
            case ApiError.InvalidExportTime ignored -> 27;
            case ApiError.ExportConflict ignored -> 28;
            case ApiError.ExportNotFound ignored -> 29;
            case ApiError.ImportConflict ignored -> 30;
            case ApiError.ImportNotFound ignored -> 31;
            case ApiError.GlobalTableAlreadyExists ignored -> 32;
            case ApiError.GlobalTableNotFound ignored -> 33;
            case ApiError.ReplicaAlreadyExists ignored -> 34;
            case ApiError.ReplicaNotFound ignored -> 35;
            case ApiError.ExpiredIterator ignored -> 36;
            case ApiError.TrimmedDataAccess ignored -> 37;
            case ApiError.InternalServerError ignored -> 38;
            case ApiError.ServiceUnavailable ignored -> 39;
            case ApiError.UnknownOperation ignored -> 40;
            case ApiError.AccessDenied ignored -> 41;
            case ApiError.MissingAuthenticationToken ignored -> 42;
            case ApiError.IncompleteSignature ignored -> 43;
            case ApiError.InvalidSignature ignored -> 44;
            case ApiError.UnrecognizedClient ignored -> 45;
            case ApiError.ExpiredToken ignored -> 46;
        };
    }

    private static ApiError read(BinaryReader reader, int kind, String message) {
        return switch (kind) {
            case 1 -> new ApiError.Validation(message);
            case 2 -> new ApiError.Serialization(message);
            case 3 -> new ApiError.ResourceNotFound(message);
            case 4 -> new ApiError.ResourceInUse(message);
            case 5 -> new ApiError.LimitExceeded(message);
            case 6 -> new ApiError.ConditionalCheckFailed(message, Fields.readItem(reader));
            case 7 -> new ApiError.ItemCollectionSizeLimitExceeded(message);
            case 8 -> new ApiError.TransactionConflict(message);
            case 9 -> new ApiError.ProvisionedThroughputExceeded(message, readThrottlings(reader));
            case 10 -> new ApiError.RequestLimitExceeded(message, readThrottlings(reader));
            case 11 -> new ApiError.Throttling(message, readThrottlings(reader));
            case 12 -> new ApiError.TransactionCanceled(message, readCancellations(reader));
            case 13 -> new ApiError.TransactionInProgress(message);
            case 14 -> new ApiError.IdempotentParameterMismatch(message);
            case 15 -> new ApiError.DuplicateItem(message);
            case 16 -> new ApiError.ReplicatedWriteConflict(message);
            case 17 -> new ApiError.PolicyNotFound(message);
            case 18 -> new ApiError.IndexNotFound(message);
            case 19 -> new ApiError.TableAlreadyExists(message);
            case 20 -> new ApiError.TableInUse(message);
            case 21 -> new ApiError.TableNotFound(message);
            case 22 -> new ApiError.BackupInUse(message);
            case 23 -> new ApiError.BackupNotFound(message);
            case 24 -> new ApiError.ContinuousBackupsUnavailable(message);
            case 25 -> new ApiError.PointInTimeRecoveryUnavailable(message);
            case 26 -> new ApiError.InvalidRestoreTime(message);
            case 27 -> new ApiError.InvalidExportTime(message);
            case 28 -> new ApiError.ExportConflict(message);
            case 29 -> new ApiError.ExportNotFound(message);
            case 30 -> new ApiError.ImportConflict(message);
            case 31 -> new ApiError.ImportNotFound(message);
            case 32 -> new ApiError.GlobalTableAlreadyExists(message);
            case 33 -> new ApiError.GlobalTableNotFound(message);
            case 34 -> new ApiError.ReplicaAlreadyExists(message);
            case 35 -> new ApiError.ReplicaNotFound(message);
            case 36 -> new ApiError.ExpiredIterator(message);
            case 37 -> new ApiError.TrimmedDataAccess(message);
            case 38 -> new ApiError.InternalServerError(message);
            case 39 -> new ApiError.ServiceUnavailable(message);
            case 40 -> new ApiError.UnknownOperation(message);
            case 41 -> new ApiError.AccessDenied(message);
            case 42 -> new ApiError.MissingAuthenticationToken(message);
            case 43 -> new ApiError.IncompleteSignature(message);
            case 44 -> new ApiError.InvalidSignature(message);
            case 45 -> new ApiError.UnrecognizedClient(message);
            case 46 -> new ApiError.ExpiredToken(message);
            default -> throw Fields.unknown("kind of error", kind);
        };
    }

    private static void writeDetails(BinaryWriter writer, ApiError error) {
        switch (error) {
            case ApiError.ConditionalCheckFailed failed -> Fields.writeItem(writer, failed.item());
            case ApiError.ProvisionedThroughputExceeded throttled ->
                    writeThrottlings(writer, throttled.reasons());
            case ApiError.RequestLimitExceeded throttled ->
                    writeThrottlings(writer, throttled.reasons());
            case ApiError.Throttling throttled -> writeThrottlings(writer, throttled.reasons());
            case ApiError.TransactionCanceled canceled ->
                    Fields.writeList(writer, canceled.reasons(), ErrorCodec::write);
            default -> {
                // The message is all there is; a kind with more that is forgotten here fails the
                // round-trip test.
            }
        }
    }

    private static void writeThrottlings(BinaryWriter writer, List<ThrottlingReason> reasons) {
        Fields.writeList(writer, reasons, ErrorCodec::write);
    }

    private static List<ThrottlingReason> readThrottlings(BinaryReader reader) {
        return Fields.readList(
                reader,
                THROTTLING_REASON_BYTES_MIN,
                from ->
                        new ThrottlingReason(
                                TARGETS.read(from),
                                ACCESSES.read(from),
                                LIMITS.read(from),
                                from.readString()));
    }

    private static void write(BinaryWriter writer, ThrottlingReason reason) {
        TARGETS.write(writer, reason.target());
        ACCESSES.write(writer, reason.access());
        LIMITS.write(writer, reason.limit());
        writer.writeString(reason.resourceArn());
    }

    private static void write(BinaryWriter writer, CancellationReason reason) {
        CODES.write(writer, reason.code());
        Fields.writeOptional(writer, reason.message(), BinaryWriter::writeString);
        Fields.writeItem(writer, reason.item());
    }

    private static List<CancellationReason> readCancellations(BinaryReader reader) {
        return Fields.readList(
                reader,
                CANCELLATION_REASON_BYTES_MIN,
                from ->
                        new CancellationReason(
                                CODES.read(from),
                                Fields.readOptional(from, BinaryReader::readString),
                                Fields.readItem(from)));
    }
}
