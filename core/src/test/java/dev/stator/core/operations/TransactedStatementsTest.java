package dev.stator.core.operations;

import static dev.stator.core.operations.Requests.HASH;
import static dev.stator.core.operations.Requests.RANGE;
import static dev.stator.core.operations.Statements.text;
import static dev.stator.core.operations.TestItems.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.operations.api.ExecuteTransactionRequest;
import dev.stator.core.operations.api.ExecuteTransactionResponse;
import dev.stator.core.operations.api.ReturnConsumedCapacity;
import dev.stator.core.operations.api.ReturnValuesOnConditionCheckFailure;
import dev.stator.core.operations.api.StatementText;
import dev.stator.model.error.ApiError;
import dev.stator.model.error.CancellationReason;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TransactedStatementsTest {
    private static final String MISFIT = "The provided key element does not match the schema";
    private static final String READ_NEEDS_KEY =
            "Select statements within ExecuteTransaction must specify the primary key in the where"
                    + " clause.";

    private final FakeCluster cluster = Requests.clusterWithTables();

    private static ExecuteTransactionRequest transaction(String... statements) {
        return new ExecuteTransactionRequest(
                Arrays.stream(statements).map(Statements::text).toList(),
                Optional.empty(),
                ReturnConsumedCapacity.TOTAL);
    }

    private ExecuteTransactionResponse run(String... statements) {
        return cluster.run(transaction(statements), ExecuteTransactionResponse.class);
    }

    private void assertRefused(int statement, String message, String... statements) {
        assertThat(cluster.refuse(transaction(statements)))
                .isEqualTo(
                        new ApiError.Validation(
                                "Validation failed in TransactStatements["
                                        + statement
                                        + "]: "
                                        + message));
    }

    private List<String> reasons(String... statements) {
        ApiError error = cluster.refuse(transaction(statements));
        assertThat(error).isInstanceOf(ApiError.TransactionCanceled.class);
        return ((ApiError.TransactionCanceled) error)
                .reasons().stream().map(TransactedStatementsTest::words).toList();
    }

    private static String words(CancellationReason reason) {
        return reason.code().word() + reason.message().map(text -> ": " + text).orElse("");
    }

    @Test
    void readsAreAnsweredInTheirOrder() {
        cluster.put(HASH, item("a", "k", "x", 1, "y", 2));
        ExecuteTransactionResponse response =
                run(
                        "SELECT x FROM " + HASH + " WHERE a = 'k'",
                        "SELECT * FROM " + HASH + " WHERE a IN ['none']");
        assertThat(response.responses())
                .containsExactly(Optional.of(item("x", 1)), Optional.empty());
        assertThat(response.consumedCapacity())
                .extracting(consumed -> consumed.total().capacityUnits())
                .containsExactly(4.0);
    }

    @Test
    void writesAreDoneTogether() {
        cluster.put(HASH, item("a", "k1", "x", 1));
        cluster.put(HASH, item("a", "k2"));
        ExecuteTransactionResponse response =
                run(
                        "UPDATE " + HASH + " SET x = x + 1 WHERE a = 'k1' AND x = 1",
                        "DELETE FROM " + HASH + " WHERE a = 'k2'",
                        "INSERT INTO " + HASH + " VALUE {'a': 'k3'}",
                        "EXISTS(SELECT * FROM " + HASH + " WHERE a = 'k4' AND x IS MISSING)");
        assertThat(response.responses()).isEmpty();
        assertThat(cluster.item(HASH, item("a", "k1"))).contains(item("a", "k1", "x", 2));
        assertThat(cluster.item(HASH, item("a", "k2"))).isEmpty();
        assertThat(cluster.item(HASH, item("a", "k3"))).isPresent();
    }

    @Test
    void orNotAtAll() {
        cluster.put(HASH, item("a", "k1", "x", 1));
        assertThat(
                        reasons(
                                "INSERT INTO " + HASH + " VALUE {'a': 'k1'}",
                                "INSERT INTO " + HASH + " VALUE {'a': 'k2'}",
                                "UPDATE " + HASH + " SET x = 1 WHERE a = 'k3'",
                                "EXISTS(SELECT * FROM " + HASH + " WHERE a = 'k4' AND x = 1)"))
                .containsExactly(
                        "DuplicateItem: Duplicate primary key exists in table",
                        "None",
                        "ConditionalCheckFailed: The conditional request failed",
                        "ConditionalCheckFailed: The conditional request failed");
        assertThat(cluster.item(HASH, item("a", "k2"))).isEmpty();
    }

    @Test
    void whatIsWrongIsToldWithItsNumber() {
        String read = "SELECT * FROM " + HASH + " WHERE a = 'k'";
        assertRefused(
                1,
                "Statement wasn't well formed, can't be processed: Unexpected term",
                read,
                "SELECT * FROM " + HASH + " WHERE");
        assertRefused(1, READ_NEEDS_KEY, read, "SELECT * FROM " + RANGE + " WHERE a = 'k'");
        assertRefused(0, READ_NEEDS_KEY, read + " AND x = 1");
        assertRefused(0, READ_NEEDS_KEY, read + " AND a = 'l'");
        assertRefused(
                0,
                "Reads on indices are not supported within transactions.",
                "SELECT * FROM " + RANGE + ".index3 WHERE c = 'k'");
        assertRefused(
                0,
                "RETURNING clause is not supported in ExecuteTransaction.",
                "DELETE FROM " + HASH + " WHERE a = 'k' RETURNING ALL OLD *");
        assertRefused(
                0,
                "EXISTS() must contain a single item read with additional condition",
                "EXISTS(" + read + ")");
    }

    @Test
    void readsAndWritesDoNotMix() {
        assertThat(
                        cluster.refuse(
                                transaction(
                                        "SELECT * FROM " + HASH + " WHERE a = 'k'",
                                        "DELETE FROM " + HASH + " WHERE a = 'l'")))
                .isEqualTo(
                        new ApiError.Validation(
                                "ExecuteTransaction API does not support both read and write"
                                        + " operations in the same request."));
    }

    @Test
    void keysThatDoNotFitCancel() {
        String update = "UPDATE " + RANGE + " SET x = 1 WHERE ";
        for (String where : List.of("a = 'k'", "a IN ['k'] AND b = 'l'", "a = 'k' AND b = 1")) {
            assertThat(reasons(update + where, update + "a = 'k' AND b = 'l'"))
                    .as(where)
                    .containsExactly("ValidationError: " + MISFIT, "None");
        }
        assertThat(reasons("SELECT * FROM " + HASH + " WHERE a = 1"))
                .containsExactly("ValidationError: " + MISFIT);
        assertThat(reasons("INSERT INTO " + RANGE + " VALUE {'a': 'k'}"))
                .containsExactly(
                        "ValidationError: One or more parameter values were invalid: Missing the"
                                + " key b in the item");
    }

    @Test
    void missingTablesCancelWhereNothingElseIsWrong() {
        String missing = "DELETE FROM \"missing\" WHERE a = 'k' RETURNING ALL OLD *";
        assertThat(reasons("DELETE FROM " + HASH + " WHERE a = 'k'", missing))
                .containsExactly("None", "ResourceNotFound: Requested resource not found");
        assertRefused(
                1,
                "RETURNING clause is not supported in ExecuteTransaction.",
                missing,
                "DELETE FROM " + HASH + " WHERE a = 'k' RETURNING ALL OLD *");
    }

    @Test
    void anItemComesOnce() {
        String read = "SELECT * FROM " + HASH + " WHERE a = 'k'";
        assertThat(cluster.refuse(transaction(read, read)))
                .isEqualTo(
                        new ApiError.Validation(
                                "Transaction request cannot include multiple operations on one"
                                        + " item"));
        assertThat(reasons(read, read, "SELECT * FROM " + HASH + " WHERE a = 1"))
                .containsExactly("None", "None", "ValidationError: " + MISFIT);
    }

    @Test
    void badParametersComeFirst() {
        StatementText bad =
                new StatementText(
                        "SELECT",
                        List.of(),
                        false,
                        ReturnValuesOnConditionCheckFailure.NONE,
                        Optional.of(new ApiError.Validation("bad parameter")));
        ExecuteTransactionRequest request =
                new ExecuteTransactionRequest(
                        List.of(text("SLECT"), bad), Optional.empty(), ReturnConsumedCapacity.NONE);
        assertThat(cluster.refuse(request)).isEqualTo(new ApiError.Validation("bad parameter"));
    }
}
