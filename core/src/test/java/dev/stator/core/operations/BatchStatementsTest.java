package dev.stator.core.operations;

import static dev.stator.core.operations.Requests.HASH;
import static dev.stator.core.operations.Requests.RANGE;
import static dev.stator.core.operations.Statements.batch;
import static dev.stator.core.operations.Statements.text;
import static dev.stator.core.operations.Statements.wantingItem;
import static dev.stator.core.operations.TestItems.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.operations.api.BatchExecuteStatementResponse;
import dev.stator.core.operations.api.ReturnValuesOnConditionCheckFailure;
import dev.stator.core.operations.api.StatementText;
import dev.stator.model.Item;
import dev.stator.model.error.ApiError;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BatchStatementsTest {
    private static final String NEEDS_KEY =
            "Select statements within BatchExecuteStatement must specify the primary key in the"
                    + " where clause.";

    private final FakeCluster cluster = Requests.clusterWithTables();

    private List<BatchExecuteStatementResponse.Of> run(StatementText... statements) {
        return cluster.run(batch(statements), BatchExecuteStatementResponse.class).responses();
    }

    private static BatchExecuteStatementResponse.Of done(Item item) {
        return new BatchExecuteStatementResponse.Of(
                Optional.empty(), Optional.of(HASH), Optional.of(item));
    }

    private static BatchExecuteStatementResponse.Of done() {
        return new BatchExecuteStatementResponse.Of(
                Optional.empty(), Optional.of(HASH), Optional.empty());
    }

    private static BatchExecuteStatementResponse.Of refused(String code, String message) {
        return new BatchExecuteStatementResponse.Of(
                Optional.of(
                        new BatchExecuteStatementResponse.Failure(code, message, Optional.empty())),
                Optional.empty(),
                Optional.empty());
    }

    private static BatchExecuteStatementResponse.Of failed(String code, String message) {
        return new BatchExecuteStatementResponse.Of(
                Optional.of(
                        new BatchExecuteStatementResponse.Failure(code, message, Optional.empty())),
                Optional.of(HASH),
                Optional.empty());
    }

    @Test
    void readsAreAnsweredInTheirOrder() {
        cluster.put(HASH, item("a", "k1", "x", 1));
        cluster.put(HASH, item("a", "k2", "x", 2));
        cluster.reversed = true;
        assertThat(
                        run(
                                text("SELECT * FROM " + HASH + " WHERE a = 'k1'"),
                                text("SELECT x FROM " + HASH + " WHERE a IN [?]", "k2"),
                                text("SELECT * FROM " + HASH + " WHERE a = 'none'")))
                .containsExactly(done(item("a", "k1", "x", 1)), done(item("x", 2)), done());
    }

    @Test
    void whatIsWrongWithOneIsSaidInItsPlace() {
        cluster.put(HASH, item("a", "k"));
        assertThat(
                        run(
                                text("SLECT * FROM " + HASH + " WHERE a = 'k'"),
                                text("SELECT * FROM " + HASH + " WHERE x = 'k'"),
                                text("SELECT * FROM \"missing\" WHERE a = 'k'"),
                                text("SELECT * FROM " + RANGE + " WHERE a = 'k'"),
                                text("SELECT * FROM " + RANGE + ".index3 WHERE c = 'k'"),
                                text("SELECT * FROM " + HASH + " WHERE a = 'k' AND x = 1"),
                                text("SELECT * FROM " + HASH + " WHERE a = 'k'")))
                .containsExactly(
                        refused(
                                "ValidationError",
                                "Statement wasn't well formed, can't be processed: Expected data"
                                        + " manipulation"),
                        refused("ValidationError", NEEDS_KEY),
                        refused("ResourceNotFound", "Requested resource not found"),
                        refused("ValidationError", NEEDS_KEY),
                        refused("ValidationError", NEEDS_KEY),
                        refused("ValidationError", NEEDS_KEY),
                        done(item("a", "k")));
    }

    @Test
    void writesFailAlone() {
        cluster.put(HASH, item("a", "k1", "x", 1));
        cluster.put(HASH, item("a", "k2", "x", 2));
        assertThat(
                        run(
                                text("INSERT INTO " + HASH + " VALUE {'a': 'k1'}"),
                                text("UPDATE " + HASH + " SET y = 1 WHERE a = 'k2' AND x = 3"),
                                text("INSERT INTO " + HASH + " VALUE {'a': 'k3'}"),
                                text("DELETE FROM " + HASH + " WHERE a = 'k4'"),
                                text("DELETE FROM " + HASH + " WHERE x = 1")))
                .containsExactly(
                        failed("DuplicateItem", "Duplicate primary key exists in table"),
                        failed("ConditionalCheckFailed", "The conditional request failed"),
                        done(),
                        done(),
                        refused(
                                "ValidationError",
                                "Where clause does not contain a mandatory equality on all key"
                                        + " attributes"));
        assertThat(cluster.item(HASH, item("a", "k3"))).isPresent();
        assertThat(cluster.item(HASH, item("a", "k2"))).contains(item("a", "k2", "x", 2));
    }

    @Test
    void writesReturnWhatTheyAreAskedFor() {
        cluster.put(HASH, item("a", "k1", "x", 1));
        cluster.put(HASH, item("a", "k2", "x", 2));
        assertThat(
                        run(
                                text("DELETE FROM " + HASH + " WHERE a = 'k1' RETURNING ALL OLD *"),
                                text(
                                        "UPDATE "
                                                + HASH
                                                + " REMOVE x WHERE a = 'k2' RETURNING MODIFIED NEW"
                                                + " *")))
                .containsExactly(done(item("a", "k1", "x", 1)), done());
    }

    @Test
    void aFailedConditionReturnsTheItemInItsError() {
        cluster.put(HASH, item("a", "k", "x", 1));
        assertThat(run(wantingItem("UPDATE " + HASH + " SET y = 1 WHERE a = 'k' AND x = 2")))
                .containsExactly(
                        new BatchExecuteStatementResponse.Of(
                                Optional.of(
                                        new BatchExecuteStatementResponse.Failure(
                                                "ConditionalCheckFailed",
                                                "The conditional request failed",
                                                Optional.of(item("a", "k", "x", 1)))),
                                Optional.of(HASH),
                                Optional.empty()));
    }

    @Test
    void badParametersConcernTheirStatement() {
        StatementText bad =
                new StatementText(
                        "SELECT * FROM " + HASH + " WHERE",
                        List.of(),
                        false,
                        ReturnValuesOnConditionCheckFailure.NONE,
                        Optional.of(new ApiError.Validation("bad parameter")));
        assertThat(run(bad, text("SELECT * FROM " + HASH + " WHERE a = 'k'")))
                .containsExactly(refused("ValidationError", "bad parameter"), done());
    }

    @Test
    void readsAndWritesDoNotMix() {
        assertThat(
                        cluster.refuse(
                                batch(
                                        text("SELECT * FROM " + HASH + " WHERE a = 'k'"),
                                        text("DELETE FROM " + HASH + " WHERE a = 'l'"))))
                .isEqualTo(
                        new ApiError.Validation(
                                "BatchExecuteStatement API does not support both read and write"
                                        + " operations in the same request."));
    }

    @Test
    void anItemComesOnce() {
        cluster.put(HASH, item("a", "k"));
        assertThat(
                        cluster.refuse(
                                batch(
                                        text("DELETE FROM " + HASH + " WHERE a = 'k'"),
                                        text("UPDATE " + HASH + " SET x = 1 WHERE a = 'k'"))))
                .isEqualTo(
                        new ApiError.Validation("Provided list of item keys contains duplicates"));
        assertThat(cluster.item(HASH, item("a", "k"))).isPresent();
    }

    @Test
    void eachStatementHasItsCapacity() {
        BatchExecuteStatementResponse response =
                cluster.run(
                        batch(
                                text(true, "SELECT * FROM " + HASH + " WHERE a = 'k'"),
                                text("SELECT * FROM " + HASH + " WHERE x = 'k'"),
                                text("SELECT * FROM " + HASH + " WHERE a = 'l'")),
                        BatchExecuteStatementResponse.class);
        assertThat(response.consumedCapacity())
                .extracting(consumed -> consumed.total().capacityUnits())
                .containsExactly(1.0, 0.5);
    }

    @Test
    void whatCanNotBeReachedFailsAlone() {
        cluster.unreachable.add(cluster.descriptor(HASH).key().placementKey(item("a", "far")));
        List<BatchExecuteStatementResponse.Of> responses =
                run(
                        text("SELECT * FROM " + HASH + " WHERE a = 'far'"),
                        text("SELECT * FROM " + HASH + " WHERE a = 'near'"));
        assertThat(responses.getFirst().error().orElseThrow().code())
                .isEqualTo("InternalServerError");
        assertThat(responses.getLast()).isEqualTo(done());
    }
}
