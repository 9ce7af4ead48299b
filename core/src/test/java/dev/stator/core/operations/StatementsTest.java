package dev.stator.core.operations;

import static dev.stator.core.operations.Requests.HASH;
import static dev.stator.core.operations.Requests.RANGE;
import static dev.stator.core.operations.Statements.page;
import static dev.stator.core.operations.Statements.reporting;
import static dev.stator.core.operations.Statements.statement;
import static dev.stator.core.operations.Statements.wantingItem;
import static dev.stator.core.operations.TestItems.item;
import static dev.stator.core.operations.TestItems.list;
import static dev.stator.core.operations.TestItems.map;
import static dev.stator.core.operations.TestItems.ss;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.operations.api.ConsumedCapacity;
import dev.stator.core.operations.api.ExecuteStatementRequest;
import dev.stator.core.operations.api.ExecuteStatementResponse;
import dev.stator.core.operations.api.ReturnConsumedCapacity;
import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import dev.stator.model.error.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class StatementsTest {
    private static final String CONDITION_FAILED = "The conditional request failed";
    private static final Item KEY = item("a", "k");

    private final FakeCluster cluster = Requests.clusterWithTables();

    private ExecuteStatementResponse answer(String statement, Object... parameters) {
        return cluster.run(statement(statement, parameters), ExecuteStatementResponse.class);
    }

    private List<Item> run(String statement, Object... parameters) {
        return answer(statement, parameters).items();
    }

    private void assertRefused(String statement, String message, Object... parameters) {
        assertThat(cluster.refuse(statement(statement, parameters)))
                .as(statement)
                .isEqualTo(new ApiError.Validation(message));
    }

    private List<String> sortKeys(String statement, Object... parameters) {
        List<String> keys = new ArrayList<>();
        for (Item item : run(statement, parameters)) {
            keys.add(((AttributeValue.S) Objects.requireNonNull(item.get("b"))).value());
        }
        return keys;
    }

    private void putRange() {
        for (String partition : List.of("o", "p")) {
            for (int i = 1; i <= 3; i++) {
                cluster.put(
                        RANGE,
                        item("a", partition, "b", "" + i, "c", "c" + i, "d", "d" + i, "x", i));
            }
        }
    }

    @Test
    void whatIsInsertedIsSelected() {
        assertThat(run("INSERT INTO \"" + HASH + "\" VALUE {'a': 'k', 'x': [1, 'two']}")).isEmpty();
        assertThat(cluster.item(HASH, KEY)).contains(item("a", "k", "x", list(1, "two")));
        assertThat(run("SELECT * FROM \"" + HASH + "\" WHERE a = 'k'"))
                .containsExactly(item("a", "k", "x", list(1, "two")));
        assertThat(run("SELECT x[1], nope FROM " + HASH + " WHERE a = ?", "k"))
                .containsExactly(item("x[1]", "two"));
        assertThat(run("SELECT * FROM " + HASH + " WHERE a = 'other'")).isEmpty();
        assertThat(run("SELECT * FROM " + HASH + " WHERE a = 'k' AND size(x) = 3")).isEmpty();
    }

    @Test
    void anItemIsInsertedOnce() {
        String insert = "INSERT INTO " + HASH + " VALUE {'a': 'k', 'x': ?}";
        assertThat(run(insert, 1)).isEmpty();
        assertThat(cluster.refuse(statement(insert, 2)))
                .isEqualTo(new ApiError.DuplicateItem("Duplicate primary key exists in table"));
        assertThat(cluster.item(HASH, KEY)).contains(item("a", "k", "x", 1));
    }

    @Test
    void insertedItemsHaveTheirKeys() {
        String insert = "INSERT INTO " + RANGE + " VALUE ";
        String invalid = "One or more parameter values were invalid: ";
        assertRefused(insert + "{'a': 'k'}", invalid + "Missing the key b in the item");
        assertRefused(
                insert + "{'a': 1, 'b': 'x'}",
                invalid + "Type mismatch for key a expected: S actual: N");
        assertRefused(
                insert + "{'a': 'k', 'b': 'x', 'c': 1}",
                invalid + "Type mismatch for Index Key c Expected: S Actual: N IndexName: index1");
        assertRefused(
                insert + "{'a': 'k', 'b': ?}",
                "Item size has exceeded the maximum allowed size",
                "x".repeat(410_000));
    }

    @Test
    void updatesNeedAnItem() {
        String update = "UPDATE " + HASH + " SET x = 1 WHERE a = 'k'";
        assertThat(cluster.refuse(statement(update)))
                .isEqualTo(new ApiError.ConditionalCheckFailed(CONDITION_FAILED, Optional.empty()));
        assertThat(cluster.item(HASH, KEY)).isEmpty();

        cluster.put(HASH, item("a", "k", "y", 1));
        assertThat(run(update)).isEmpty();
        assertThat(cluster.item(HASH, KEY)).contains(item("a", "k", "y", 1, "x", 1));
    }

    @Test
    void restOfTheWhereClauseIsACondition() {
        Item before = item("a", "k", "y", 1);
        cluster.put(HASH, before);
        String update = "UPDATE " + HASH + " SET x = 1 WHERE (a = 'k' AND y = ?) AND x IS MISSING";
        assertThat(cluster.refuse(statement(update, 2)))
                .isInstanceOf(ApiError.ConditionalCheckFailed.class);
        assertThat(cluster.item(HASH, KEY)).contains(before);
        assertThat(run(update, 1)).isEmpty();
        assertThat(cluster.item(HASH, KEY)).contains(item("a", "k", "y", 1, "x", 1));
        assertThat(cluster.refuse(statement("DELETE FROM " + HASH + " WHERE a = 'k' AND y = 2")))
                .isInstanceOf(ApiError.ConditionalCheckFailed.class);
        ExecuteStatementRequest wanting =
                new ExecuteStatementRequest(
                        wantingItem("DELETE FROM " + HASH + " WHERE a = 'k' AND y = 2"),
                        Optional.empty(),
                        OptionalInt.empty(),
                        ReturnConsumedCapacity.NONE);
        assertThat(cluster.refuse(wanting))
                .isEqualTo(
                        new ApiError.ConditionalCheckFailed(
                                CONDITION_FAILED, Optional.of(item("a", "k", "y", 1, "x", 1))));
    }

    @Test
    void deletesNeedNoItem() {
        assertThat(run("DELETE FROM " + HASH + " WHERE a = 'k'")).isEmpty();
        assertThat(run("DELETE FROM " + HASH + " WHERE a = 'k' AND y = 2")).isEmpty();
        cluster.put(HASH, item("a", "k", "y", 1));
        assertThat(run("DELETE FROM " + HASH + " WHERE a = 'k' AND y = 1 RETURNING ALL OLD *"))
                .containsExactly(item("a", "k", "y", 1));
        assertThat(cluster.item(HASH, KEY)).isEmpty();
        assertThat(run("DELETE FROM " + HASH + " WHERE a = 'k' RETURNING ALL OLD *")).isEmpty();
    }

    @Test
    void writesNameOneItem() {
        String incomplete =
                "Where clause does not contain a mandatory equality on all key attributes";
        assertRefused("UPDATE " + RANGE + " SET x = 1", incomplete);
        assertRefused("UPDATE " + RANGE + " SET x = 1 WHERE a = 'k'", incomplete);
        assertRefused("DELETE FROM " + RANGE + " WHERE a = 'k' AND b > 'x'", incomplete);
        assertRefused("FROM " + RANGE + " WHERE x = 1 SET y = 1", incomplete);
        assertRefused(
                "DELETE FROM " + HASH + " WHERE a = 'k' AND a = 'l'",
                "Multiple conditions on same key a. Only single item Update/Insert/Delete are"
                        + " supported");
        assertRefused(
                "DELETE FROM " + HASH + " WHERE a = 1",
                "Key attribute's data type should match its data type in table's schema: Key a");
        assertRefused(
                "UPDATE " + RANGE + ".index1 SET x = 1 WHERE a = 'k' AND b = 'x'",
                "This operation is not supported on an index");
        assertRefused(
                "UPDATE " + HASH + " SET a = 'l' WHERE a = 'k'",
                "One or more parameter values were invalid: Cannot update attribute a. This"
                        + " attribute is part of the key");
    }

    @Test
    void updatesReturnWhatTheyAreAskedFor() {
        String update = "UPDATE " + HASH + " SET m.x = ?, t[1] = 'z' WHERE a = 'k' RETURNING ";
        Item first = item("a", "k", "m", map("x", 1, "y", 1), "t", list("a", "b"));
        cluster.put(HASH, first);
        assertThat(run(update + "ALL OLD *", 2)).containsExactly(first);
        assertThat(run(update + "MODIFIED OLD *", 3))
                .containsExactly(item("m", map("x", 2), "t", list("z")));
        assertThat(run(update + "MODIFIED NEW *", 4))
                .containsExactly(item("m", map("x", 4), "t", list("z")));
        assertThat(run(update + "ALL NEW *", 5))
                .containsExactly(item("a", "k", "m", map("x", 5, "y", 1), "t", list("a", "z")));
        assertThat(run("UPDATE " + HASH + " REMOVE t WHERE a = 'k' RETURNING MODIFIED NEW *"))
                .isEmpty();
    }

    /** An update by an expression needs some room beside the item; one by a statement does not. */
    @Test
    void anUpdatedItemMayBeAsLargeAsAnyItem() {
        cluster.put(HASH, KEY);
        int most = 409_600 - "ak".length() - "x".length();
        String update = "UPDATE " + HASH + " SET x = ? WHERE a = 'k'";
        assertThat(run(update, "x".repeat(most))).isEmpty();
        assertRefused(
                update,
                "Item size to update has exceeded the maximum allowed size",
                "x".repeat(most + 1));
    }

    @Test
    void updatesThatDoNotFitTheItemAreRefused() {
        cluster.put(HASH, item("a", "k", "s", ss("p"), "t", "text"));
        String where = " WHERE a = 'k'";
        String wrongType = "An operand in the update expression has an incorrect data type";
        assertRefused("UPDATE " + HASH + " SET s = set_add(s, <<1>>)" + where, wrongType);
        assertRefused("UPDATE " + HASH + " SET t = t + 1" + where, wrongType);
        assertRefused(
                "UPDATE " + HASH + " SET n = list_append(n, [1])" + where,
                "The provided expression refers to an attribute that does not exist in the item");
        assertRefused(
                "UPDATE " + HASH + " SET n[0] = 1" + where,
                "The document path provided in the update expression is invalid for update");
    }

    @Test
    void keysReadInOrder() {
        putRange();
        assertThat(sortKeys("SELECT * FROM " + RANGE + " WHERE a = 'o'"))
                .containsExactly("1", "2", "3");
        assertThat(sortKeys("SELECT * FROM " + RANGE + " WHERE a = 'o' ORDER BY b DESC"))
                .containsExactly("3", "2", "1");
        assertThat(sortKeys("SELECT b FROM " + RANGE + " WHERE a = 'o' AND x > 1 AND b <> '3'"))
                .containsExactly("2");
        assertThat(
                        sortKeys(
                                "SELECT * FROM "
                                        + RANGE
                                        + " WHERE a IN ['p', 'o'] AND b IN ['3', '1']"))
                .containsExactly("1", "3", "1", "3");
        assertThat(run("SELECT a FROM " + RANGE + " WHERE a IN ['o', 'p'] ORDER BY a DESC, b"))
                .startsWith(item("a", "p"))
                .endsWith(item("a", "o"));
        assertThat(
                        sortKeys(
                                "SELECT * FROM "
                                        + RANGE
                                        + " WHERE a = 'o' AND NOT b = '1' OR a = 'o' AND b = '2'"))
                .containsExactly("2", "3");
    }

    @Test
    void withoutAKeyEverythingIsRead() {
        putRange();
        assertThat(run("SELECT * FROM " + RANGE)).hasSize(6);
        assertThat(run("SELECT * FROM " + RANGE + " WHERE x = 2")).hasSize(2);
        assertThat(run("SELECT * FROM " + RANGE + " WHERE a > 'o'")).hasSize(3);
    }

    @Test
    void pagesGoOnWhereTheyEnded() {
        putRange();
        for (String statement :
                List.of(
                        "SELECT * FROM " + RANGE,
                        "SELECT a, b FROM " + RANGE + " WHERE a IN ['o', 'p'] ORDER BY a DESC",
                        "SELECT * FROM " + RANGE + ".index1 WHERE a = 'o' ORDER BY c",
                        "SELECT * FROM " + RANGE + " WHERE a = 'o' AND x = ?")) {
            for (int limit = 1; limit <= 7; limit++) {
                assertThat(readInPages(statement, limit))
                        .as("%s by %d", statement, limit)
                        .isEqualTo(run(statement, 2));
            }
        }
    }

    private List<Item> readInPages(String statement, int limit) {
        List<Item> items = new ArrayList<>();
        Optional<String> token = Optional.empty();
        do {
            ExecuteStatementResponse page =
                    cluster.run(page(statement, limit, token, 2), ExecuteStatementResponse.class);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            items.addAll(page.items());
            token = page.nextToken();
        } while (token.isPresent());
        return items;
    }

    /** As the service documents for IN: pages of ten reads, however few items they find. */
    @Test
    void aPageHasTenReads() {
        cluster.put(HASH, item("a", "k1"));
        cluster.put(HASH, item("a", "k9"));
        String statement =
                "SELECT * FROM "
                        + HASH
                        + " WHERE a IN ['k0','k1','k2','k3','k4','k5','k6','k7','k8','k81','k9']";
        ExecuteStatementResponse first = answer(statement);
        assertThat(first.items()).containsExactly(item("a", "k1"));
        ExecuteStatementResponse second =
                cluster.run(
                        page(statement, 100, first.nextToken()), ExecuteStatementResponse.class);
        assertThat(second.items()).containsExactly(item("a", "k9"));
        assertThat(second.nextToken()).isEmpty();
    }

    @Test
    void tokensAreOfTheirStatement() {
        putRange();
        String statement = "SELECT * FROM " + RANGE + " WHERE a = ?";
        ExecuteStatementResponse first =
                cluster.run(
                        page(statement, 1, Optional.empty(), "o"), ExecuteStatementResponse.class);
        assertThat(first.lastEvaluatedKey()).contains(item("a", "o", "b", "1"));
        ApiError mismatch = new ApiError.Validation("NextToken does not match request");
        assertThat(cluster.refuse(page(statement, 1, first.nextToken(), "p"))).isEqualTo(mismatch);
        assertThat(cluster.refuse(page(statement + " ", 1, first.nextToken(), "o")))
                .isEqualTo(mismatch);
        assertThat(
                        cluster.run(
                                        page(statement, 9, first.nextToken(), "o"),
                                        ExecuteStatementResponse.class)
                                .items())
                .hasSize(2);
        for (String bad : List.of("token", "", "AA==", "AQAAAAAAAAAAAAE=", "!")) {
            assertThat(cluster.refuse(page(statement, 1, Optional.of(bad), "o")))
                    .as(bad)
                    .isEqualTo(new ApiError.Validation("Invalid NextToken"));
        }
    }

    @Test
    void indexesAreReadAsTheyAre() {
        putRange();
        String local = "SELECT * FROM \"" + RANGE + "\".\"index2\" WHERE a = 'o' AND d = 'd2'";
        assertThat(run(local)).containsExactly(item("a", "o", "b", "2", "d", "d2", "c", "c2"));
        assertThat(run("SELECT x FROM " + RANGE + ".index2 WHERE a = 'o' AND begins_with(d, 'd2')"))
                .containsExactly(item("x", 2));
        assertThat(run("SELECT b FROM " + RANGE + ".index2 WHERE x = 2"))
                .containsExactly(item("b", "2"), item("b", "2"));
        assertThat(run("SELECT b, x FROM " + RANGE + ".index2 WHERE x = 2")).hasSize(2);
        assertThat(run("SELECT b FROM " + RANGE + ".index2 WHERE NOT x = 2")).hasSize(4);
    }

    @Test
    void indexesHaveRefusalsOfTheirOwn() {
        String from = "SELECT x FROM \"" + RANGE + "\".";
        String invalid = "One or more parameter values were invalid: ";
        assertRefused(from + "nope", "The table does not have the specified index");
        assertRefused(
                from + "index4 WHERE c = 'c'",
                invalid + "Global secondary index index4 does not project [x]");
        assertRefused(
                "SELECT a FROM " + RANGE + ".index4 WHERE c = 'c' AND x = 1",
                invalid
                        + "Secondary index index4 does not project one or more filter attributes:"
                        + " [x]");
        assertRefused(
                "SELECT a FROM " + RANGE + ".index2 WHERE a = 'o' AND x = 1",
                invalid
                        + "Secondary index index2 does not project one or more filter attributes:"
                        + " [x]");
        assertThat(cluster.refuse(reporting(true, from + "index3 WHERE c = 'c'")))
                .isEqualTo(
                        new ApiError.Validation(
                                "Strongly consistent read is not supported on Global Secondary"
                                        + " Indexes"));
    }

    @Test
    void capacityIsThatOfTheOtherOperations() {
        putRange();
        assertThat(total("SELECT * FROM " + HASH + " WHERE a = 'none'")).isEqualTo(0.5);
        assertThat(total("SELECT * FROM " + RANGE + " WHERE a = 'o'")).isEqualTo(0.5);
        assertThat(total("SELECT * FROM " + RANGE + " WHERE a IN ['o', 'p', 'q']")).isEqualTo(1.5);
        assertThat(total("INSERT INTO " + HASH + " VALUE {'a': 'k'}")).isEqualTo(1);
        ConsumedCapacity ofIndex = consumed("SELECT x FROM " + RANGE + ".index2 WHERE a = 'o'");
        assertThat(
                        Objects.requireNonNull(ofIndex.localSecondaryIndexes().get("index2"))
                                .capacityUnits())
                .isEqualTo(0.5);
        assertThat(ofIndex.table().orElseThrow().capacityUnits()).isEqualTo(1.5);
    }

    private double total(String statement) {
        return consumed(statement).total().capacityUnits();
    }

    private ConsumedCapacity consumed(String statement) {
        return cluster.run(reporting(false, statement), ExecuteStatementResponse.class)
                .consumedCapacity()
                .orElseThrow();
    }

    @Test
    void tablesAreLookedForLast() {
        assertRefused(
                "SELECT * FROM \"missing\" WHERE",
                "Statement wasn't well formed, can't be processed: Unexpected term");
        ApiError notFound = new ApiError.ResourceNotFound("Requested resource not found");
        assertThat(cluster.refuse(statement("SELECT * FROM \"missing\" WHERE a = 'x'")))
                .isEqualTo(notFound);
        assertThat(cluster.refuse(statement("FROM \"missing\" WHERE a = 'x' SET c = 1")))
                .isEqualTo(notFound);
        assertRefused(
                "EXISTS(SELECT * FROM " + HASH + " WHERE a = 'k' AND x = 1)",
                "EXISTS can only be used in ExecuteTransaction write requests.");
        assertThat(
                        run(
                                "SELECT * FROM \"arn:aws:dynamodb:eu-stator-1:123456789012:table/"
                                        + HASH
                                        + "\""))
                .isEmpty();
    }
}
