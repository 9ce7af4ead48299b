package dev.stator.server.json;

import static dev.stator.server.json.JsonCalls.read;
import static dev.stator.server.json.JsonCalls.refusal;
import static dev.stator.server.json.JsonCalls.write;
import static dev.stator.server.json.Operation.BATCH_EXECUTE_STATEMENT;
import static dev.stator.server.json.Operation.EXECUTE_STATEMENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.operations.api.BatchExecuteStatementRequest;
import dev.stator.core.operations.api.BatchExecuteStatementResponse;
import dev.stator.core.operations.api.ExecuteStatementRequest;
import dev.stator.core.operations.api.ExecuteStatementResponse;
import dev.stator.core.operations.api.ReturnConsumedCapacity;
import dev.stator.core.operations.api.ReturnValuesOnConditionCheckFailure;
import dev.stator.core.operations.api.StatementText;
import dev.stator.model.AttributeValue;
import dev.stator.model.Item;
import dev.stator.model.error.ApiError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JSON of statements. */
class StatementsTest {
    private static final Item ITEM = Item.of(Map.of("a", new AttributeValue.S("x")));

    private static Optional<String> badParameter(String value) {
        ExecuteStatementRequest request =
                (ExecuteStatementRequest)
                        read(
                                EXECUTE_STATEMENT,
                                "{'Statement':'x','Parameters':[{'S':'ok'}," + value + "]}");
        return request.statement().badParameter().map(ApiError::message);
    }

    @Test
    void allMembersAreRead() {
        assertThat(
                        read(
                                EXECUTE_STATEMENT,
                                "{'Statement':'SELECT','Parameters':[{'S':'p'}],'Limit':3,"
                                        + "'ConsistentRead':true,'NextToken':'t',"
                                        + "'ReturnConsumedCapacity':'TOTAL',"
                                        + "'ReturnValuesOnConditionCheckFailure':'ALL_OLD'}"))
                .isEqualTo(
                        new ExecuteStatementRequest(
                                new StatementText(
                                        "SELECT",
                                        List.of(new AttributeValue.S("p")),
                                        true,
                                        ReturnValuesOnConditionCheckFailure.ALL_OLD,
                                        Optional.empty()),
                                Optional.of("t"),
                                OptionalInt.of(3),
                                ReturnConsumedCapacity.TOTAL));
        BatchExecuteStatementRequest batch =
                (BatchExecuteStatementRequest)
                        read(
                                BATCH_EXECUTE_STATEMENT,
                                "{'Statements':[{'Statement':'A'},{'Statement':'B',"
                                        + "'Parameters':[{'SS':['a','a']}]}]}");
        assertThat(batch.statements())
                .extracting(StatementText::statement)
                .containsExactly("A", "B");
        assertThat(batch.statements().getFirst().badParameter()).isEmpty();
        assertThat(batch.statements().getLast().badParameter())
                .contains(
                        new ApiError.Validation(
                                "One or more parameter values were invalid: Input collection [a,"
                                        + " a] contains duplicates."));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'N':'1e99999999999'} | The parameter cannot be converted to a numeric value: 1e99999999999",
                "{'N':'1e2147483648'} | The parameter cannot be converted to a numeric value: 1e2147483648",
                "{'N':'1e-2147483648'} | The parameter cannot be converted to a numeric value: 1e-2147483648",
                "{'N':'1e2147483647'} | Number underflow. Attempting to store a number with magnitude smaller than supported range",
                "{'N':'1e126'} | Number overflow. Attempting to store a number with magnitude larger than supported range",
                "{'N':''} | The parameter cannot be converted to a numeric value",
                "{'NS':['1','1e99999999999']} | The parameter cannot be converted to a numeric value: 1e99999999999",
                "{'NULL':false} | One or more parameter values were invalid: Null attribute value types must have the value of true",
                "{'SS':[]} | One or more parameter values were invalid: An string set  may not be empty",
                "{} | Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
            })
    void badParametersAreKept(String value, String message) {
        assertThat(badParameter(value)).contains(message);
    }

    @Test
    void goodParametersAreKept() {
        assertThat(badParameter("{'N':'1e-3'}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "EXECUTE_STATEMENT | {} | Value null at 'statement' failed to satisfy constraint: Member must not be null",
                "EXECUTE_STATEMENT | {'Statement':''} | Value '' at 'statement' failed to satisfy constraint: Member must have length greater than or equal to 1",
                "EXECUTE_STATEMENT | {'Statement':'x','Parameters':[]} | Value '[]' at 'parameters' failed to satisfy constraint: Member must have length greater than or equal to 1",
                "EXECUTE_STATEMENT | {'Statement':'x','Limit':0} | Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1",
                "EXECUTE_STATEMENT | {'Statement':'x','NextToken':''} | Value '' at 'nextToken' failed to satisfy constraint: Member must have length greater than or equal to 1",
                "BATCH_EXECUTE_STATEMENT | {} | Value null at 'statements' failed to satisfy constraint: Member must not be null",
                "BATCH_EXECUTE_STATEMENT | {'Statements':[]} | Value '[]' at 'statements' failed to satisfy constraint: Member must have length greater than or equal to 1",
                "BATCH_EXECUTE_STATEMENT | {'Statements':[{}]} | Value null at 'statements.1.member.statement' failed to satisfy constraint: Member must not be null",
            })
    void constraintsOfTheModel(Operation operation, String json, String violation) {
        assertThat(refusal(operation, json))
                .isEqualTo(new ApiError.Validation("1 validation error detected: " + violation));
    }

    @Test
    void lengthsAreBounded() {
        String longest = "x".repeat(8192);
        assertThat(read(EXECUTE_STATEMENT, "{'Statement':'" + longest + "'}")).isNotNull();
        assertThat(refusal(EXECUTE_STATEMENT, "{'Statement':'" + longest + "x'}").message())
                .endsWith("Member must have length less than or equal to 8192");
        String member = "{'Statement':'x'},";
        String most = "{'Statements':[" + member.repeat(24) + "{'Statement':'x'}]}";
        assertThat(read(BATCH_EXECUTE_STATEMENT, most)).isNotNull();
        assertThat(refusal(BATCH_EXECUTE_STATEMENT, most.replace("[", "[" + member)).message())
                .endsWith("Member must have length less than or equal to 25");
    }

    @Test
    void responsesAreWritten() {
        assertThat(
                        write(
                                new ExecuteStatementResponse(
                                        List.of(ITEM),
                                        Optional.of("t"),
                                        Optional.of(ITEM),
                                        Optional.empty())))
                .isEqualTo(
                        "{'Items':[{'a':{'S':'x'}}],'NextToken':'t',"
                                + "'LastEvaluatedKey':{'a':{'S':'x'}}}");
        assertThat(
                        write(
                                new ExecuteStatementResponse(
                                        List.of(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty())))
                .isEqualTo("{'Items':[]}");
        BatchExecuteStatementResponse.Failure error =
                new BatchExecuteStatementResponse.Failure(
                        "ConditionalCheckFailed", "failed", Optional.of(ITEM));
        assertThat(
                        write(
                                new BatchExecuteStatementResponse(
                                        List.of(
                                                new BatchExecuteStatementResponse.Of(
                                                        Optional.of(error),
                                                        Optional.of("t"),
                                                        Optional.empty()),
                                                new BatchExecuteStatementResponse.Of(
                                                        Optional.empty(),
                                                        Optional.of("t"),
                                                        Optional.of(ITEM))),
                                        List.of())))
                .isEqualTo(
                        "{'Responses':[{'Error':{'Code':'ConditionalCheckFailed','Message':"
                                + "'failed','Item':{'a':{'S':'x'}}},'TableName':'t'},"
                                + "{'TableName':'t','Item':{'a':{'S':'x'}}}]}");
    }
}
