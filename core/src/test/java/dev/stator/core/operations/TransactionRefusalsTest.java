package dev.stator.core.operations;

import static dev.stator.core.operations.Requests.HASH;
import static dev.stator.core.operations.Requests.RANGE;
import static dev.stator.core.operations.TestItems.b;
import static dev.stator.core.operations.TestItems.item;
import static dev.stator.core.operations.TestItems.list;
import static dev.stator.core.operations.TransactionRequests.both;
import static dev.stator.core.operations.TransactionRequests.check;
import static dev.stator.core.operations.TransactionRequests.delete;
import static dev.stator.core.operations.TransactionRequests.get;
import static dev.stator.core.operations.TransactionRequests.malformed;
import static dev.stator.core.operations.TransactionRequests.put;
import static dev.stator.core.operations.TransactionRequests.read;
import static dev.stator.core.operations.TransactionRequests.update;
import static dev.stator.core.operations.TransactionRequests.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.operations.api.MalformedValues;
import dev.stator.core.operations.api.ReadProjection;
import dev.stator.core.operations.api.TransactGetItem;
import dev.stator.core.operations.api.TransactWriteItem;
import dev.stator.model.error.ApiError;
import dev.stator.model.error.CancellationReason;
import dev.stator.model.error.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Transactions that are refused before they begin, and those that their tables do not allow. */
class TransactionRefusalsTest {
    private static final String ABSENT = "NoSuchTable";
    private static final TransactWriteItem BAD_CONDITION =
            check(HASH, item("a", "k"), "attribute_not_exists(");
    private static final TransactWriteItem UNUSED_VALUE =
            check(HASH, item("a", "k"), "attribute_not_exists(a)", ":v", "x");
    private static final TransactWriteItem BAD_ITEM =
            malformed(
                    put(HASH, item("a", "k")),
                    new MalformedValues(Optional.empty(), Optional.of("bad item")));

    private final FakeCluster cluster = Requests.clusterWithTables();

    private void refused(String message, TransactWriteItem... items) {
        assertThat(cluster.refuse(write(items))).isEqualTo(new ApiError.Validation(message));
    }

    private void canceled(ApiError error, String... messages) {
        assertThat(error).isInstanceOf(ApiError.TransactionCanceled.class);
        List<CancellationReason> reasons = ((ApiError.TransactionCanceled) error).reasons();
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < messages.length; i++) {
            CancellationReason reason = reasons.get(i);
            assertThat(reason.message().orElse("")).isEqualTo(messages[i]);
            assertThat(reason.code())
                    .isEqualTo(
                            messages[i].isEmpty()
                                    ? CancellationReason.Code.NONE
                                    : CancellationReason.Code.VALIDATION_ERROR);
            codes.add(reason.code().word());
        }
        assertThat(reasons).hasSize(messages.length);
        assertThat(error.message())
                .isEqualTo(
                        "Transaction cancelled, please refer cancellation reasons for specific"
                                + " reasons ["
                                + String.join(", ", codes)
                                + "]");
    }

    // ---- Each action by itself

    @Test
    void anElementHasExactlyOneAction() {
        refused(
                "Invalid Request: TransactWriteRequest should contain Delete or Put or Update"
                        + " request",
                new TransactWriteItem(List.of()));
        refused(
                "TransactItems can only contain one of Check, Put, Update or Delete",
                both(put(HASH, item("a", "k")), delete(HASH, item("a", "l"))));
    }

    @Test
    void whatIsWrongWithTheFirstActionComesFirstWhateverItIs() {
        refused("bad item", BAD_ITEM, BAD_CONDITION);
        ApiError first = cluster.refuse(write(BAD_CONDITION, BAD_ITEM));
        assertThat(first.message()).startsWith("Invalid ConditionExpression: Syntax error;");
    }

    @Test
    void withinAnActionValuesOfExpressionsComeFirstThenExpressionsThenTheItem() {
        refused(
                "bad value",
                malformed(
                        BAD_CONDITION,
                        new MalformedValues(Optional.of("bad value"), Optional.of("bad item"))));
        ApiError error =
                cluster.refuse(
                        write(
                                malformed(
                                        BAD_CONDITION,
                                        new MalformedValues(
                                                Optional.empty(), Optional.of("bad item")))));
        assertThat(error.message()).startsWith("Invalid ConditionExpression");
    }

    @Test
    void expressionsAreCheckedBeforeTablesAreLookedUp() {
        ApiError error = cluster.refuse(write(put(ABSENT, item("a", "k")), BAD_CONDITION));
        assertThat(error.message()).startsWith("Invalid ConditionExpression: Syntax error;");
        refused(
                "Value provided in ExpressionAttributeValues unused in expressions: keys: {:v}",
                put(ABSENT, item("a", "k")),
                UNUSED_VALUE);
        refused(
                "Value provided in ExpressionAttributeValues unused in expressions: keys: {:v}",
                put(HASH, item("a", "k")),
                UNUSED_VALUE);
        refused(
                "Invalid UpdateExpression: An expression attribute value used in expression is not"
                        + " defined; attribute value: :v",
                update(HASH, item("a", "k"), "SET x = :v"));
        refused(
                "ExpressionAttributeValues can only be specified when using expressions:"
                        + " ConditionExpression is null",
                TransactionRequests.withValues(put(HASH, item("a", "k")), ":v", "x"));
    }

    @Test
    void anItemThatIsTooLargeIsRefusedBeforeTheTransactionBegins() {
        refused(Messages.ITEM_TOO_LARGE, put(ABSENT, item("a", "k", "x", "x".repeat(410_000))));
    }

    @Test
    void aPayloadOfMoreThanFourMegabytesIsRefused() {
        TransactWriteItem[] items = new TransactWriteItem[12];
        for (int i = 0; i < items.length; i++) {
            items[i] = put(HASH, item("a", "k" + i, "x", "x".repeat(350_000)));
        }
        refused(
                "Collection size of items exceeded, which can also be caused by the aggregate size"
                        + " of the items in the transaction exceeding the 4MB limit",
                items);
    }

    // ---- Tables

    @Test
    void aTableThatIsNotThere() {
        ApiError expected = new ApiError.ResourceNotFound(Messages.RESOURCE_NOT_FOUND);
        assertThat(cluster.refuse(write(put(ABSENT, item("a", 5))))).isEqualTo(expected);
        assertThat(cluster.refuse(write(put(HASH, item("a", 5)), put(ABSENT, item("a", "k")))))
                .isEqualTo(expected);
        assertThat(cluster.refuse(read(get(ABSENT, item("a", "k"))))).isEqualTo(expected);
    }

    @Test
    void twoActionsOnOneItemUnderEitherNameOfItsTable() {
        String arn =
                "arn:aws:dynamodb:" + FakeCluster.REGION + ":" + FakeCluster.ACCOUNT + ":table/";
        refused(
                Messages.ONE_OPERATION_PER_ITEM,
                put(HASH, item("a", "k")),
                delete(arn + HASH, item("a", "k")));
        assertThat(cluster.refuse(read(get(HASH, item("a", "k")), get(HASH, item("a", "k")))))
                .isEqualTo(new ApiError.Validation(Messages.ONE_OPERATION_PER_ITEM));
    }

    static List<Arguments> emptyKeys() {
        String empty =
                "One or more parameter values are not valid. The AttributeValue for a key attribute"
                        + " cannot contain an empty string value. Key: a";
        return List.of(
                Arguments.of(put(HASH, item("a", "")), empty),
                Arguments.of(delete(HASH, item("a", "")), empty),
                Arguments.of(update(HASH, item("a", ""), "REMOVE x"), empty),
                Arguments.of(check(HASH, item("a", ""), "attribute_exists(a)"), empty),
                Arguments.of(
                        put(RANGE, item("a", "k", "b", "l", "c", "")),
                        "One or more parameter values are not valid. A value specified for a"
                                + " secondary index key is not supported. The AttributeValue for a"
                                + " key attribute cannot contain an empty string value. IndexName:"
                                + " index1, IndexKey: c"),
                Arguments.of(
                        update(RANGE, item("a", "k", "b", "l"), "SET c = :c", ":c", ""),
                        Messages.UPDATE_TO_EMPTY_STRING_INDEX_KEY));
    }

    @ParameterizedTest
    @MethodSource("emptyKeys")
    void anEmptyKeyIsRefusedBeforeTheTransactionBegins(TransactWriteItem item, String message) {
        refused(message, put(HASH, item("a", 5)), item);
    }

    static List<Arguments> badKeys() {
        String mismatch = Messages.KEY_SCHEMA_MISMATCH;
        return List.of(
                Arguments.of(
                        put(HASH, item("a", 5)),
                        "One or more parameter values were invalid: Type mismatch for key a"
                                + " expected: S actual: N"),
                Arguments.of(
                        put(HASH, item("x", "k")),
                        "One or more parameter values were invalid: Missing the key a in the"
                                + " item"),
                Arguments.of(
                        put(HASH, item("a", "k".repeat(2_049))), Messages.PARTITION_KEY_TOO_LONG),
                Arguments.of(delete(HASH, item("a", b("k"))), mismatch),
                Arguments.of(delete(HASH, item("a", "k", "x", "k")), mismatch),
                Arguments.of(update(HASH, item("a", list("k")), "REMOVE x"), mismatch),
                Arguments.of(check(HASH, item("a", 5), "attribute_exists(a)"), mismatch),
                Arguments.of(
                        put(RANGE, item("a", "k", "b", "l", "c", 5)),
                        "One or more parameter values were invalid: Type mismatch for Index Key c"
                                + " Expected: S Actual: N IndexName: index1"),
                Arguments.of(
                        update(RANGE, item("a", "k", "b", "l"), "SET c = :c", ":c", 5),
                        "One or more parameter values were invalid: Type mismatch for Index Key c"
                                + " Expected: S Actual: N IndexName: index1"),
                Arguments.of(
                        update(HASH, item("a", "k"), "SET a = :a", ":a", "l"),
                        "One or more parameter values were invalid: Cannot update attribute a. This"
                                + " attribute is part of the key"));
    }

    @ParameterizedTest
    @MethodSource("badKeys")
    void aKeyThatTheTableDoesNotAllowCancels(TransactWriteItem item, String message) {
        canceled(cluster.refuse(write(put(HASH, item("a", "other")), item)), "", message);
    }

    @Test
    void ofActionsThatAreNotValidOnlyTheFirstIsTold() {
        canceled(
                cluster.refuse(write(delete(HASH, item("a", 5)), delete(HASH, item("b", "k")))),
                Messages.KEY_SCHEMA_MISMATCH,
                "");
    }

    // ---- Reads

    @Test
    void readsAreRefusedInTheSameOrder() {
        TransactGetItem good = get(HASH, item("a", "k"));
        TransactGetItem badProjection =
                get(ABSENT, item("a", "k"), new ReadProjection(Optional.of("!"), Optional.empty()));
        assertThat(cluster.refuse(read(good, badProjection)).message())
                .startsWith("Invalid ProjectionExpression: Syntax error;");
        canceled(
                cluster.refuse(read(good, get(HASH, item("a", 5)), get(HASH, item("b", "k")))),
                "",
                Messages.KEY_SCHEMA_MISMATCH,
                "");
        canceled(cluster.refuse(read(get(HASH, item()))), Messages.KEY_SCHEMA_MISMATCH);
        assertThat(cluster.refuse(read(get(HASH, item("a", "")))))
                .isInstanceOf(ApiError.Validation.class);
    }
}
