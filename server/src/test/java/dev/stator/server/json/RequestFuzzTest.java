package dev.stator.server.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.operations.api.ApiRequest;
import dev.stator.model.error.ApiError;
import dev.stator.model.error.ApiException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Mutated requests are read, or refused by an {@link ApiException}; nothing else may come out of
 * the JSON layer. Replay one run with {@code -Dstator.seed=N}.
 */
class RequestFuzzTest {
    private static final int ROUNDS = 40_000;
    private static final List<Operation> OPERATIONS = List.of(Operation.values());

    private static final List<String> SEEDS =
            List.of(
                    "{'TableName':'abc','Item':{'a':{'S':'x\\u00e9\\ud83d\\ude00'},'n':{'N':'-1.5e3'},'b':{'B':'AAH/'},"
                            + "'l':{'L':[{'BOOL':true},{'NULL':true}]},'m':{'M':{'k':{'SS':['a','b']}}},'ns':{'NS':['1','2']}},"
                            + "'Expected':{'e':{'Exists':false}},'ReturnValues':'ALL_OLD'}",
                    "{'TableName':'abc','Key':{'a':{'S':'x'}},'AttributeUpdates':{'b':{'Action':'ADD','Value':{'N':'1'}}}}",
                    "{'TableName':'abc','Limit':5,'KeyConditions':{'k':{'ComparisonOperator':'EQ','AttributeValueList':"
                            + "[{'S':'x'}]}},'ExpressionAttributeValues':{':v':{'BS':['AA==']}},'ScanIndexForward':true}",
                    "{'RequestItems':{'abc':{'Keys':[{'a':{'S':'x'}}],'AttributesToGet':['g']}}}",
                    "{'RequestItems':{'abc':[{'PutRequest':{'Item':{'a':{'S':'x'}}}},{'DeleteRequest':{'Key':{'a':{'N':'7'}}}}]}}",
                    "{'TableName':'abc','AttributeDefinitions':[{'AttributeName':'a','AttributeType':'N'}],'KeySchema':"
                            + "[{'AttributeName':'a','KeyType':'HASH'}],'GlobalSecondaryIndexes':[{'IndexName':'idx','KeySchema':"
                            + "[{'AttributeName':'a','KeyType':'HASH'}],'Projection':{'ProjectionType':'ALL'}}],"
                            + "'ProvisionedThroughput':{'ReadCapacityUnits':3,'WriteCapacityUnits':4},'Tags':[{'Key':'k','Value':'v'}]}");

    private static final List<String> TOKENS =
            List.of(
                    "{",
                    "}",
                    "[",
                    "]",
                    ",",
                    ":",
                    "null",
                    "true",
                    "1e999999999",
                    "-0",
                    "\"\"",
                    "{}",
                    "[]",
                    "\"\\ud800\"",
                    "99999999999999999999",
                    "\"S\":",
                    "1.5",
                    "\"N\":\"1e-131\"");

    @Test
    void mutatedRequestsAreReadOrRefused() {
        long seed = Long.getLong("stator.seed", new Random().nextLong());
        System.out.println("RequestFuzzTest: -Dstator.seed=" + seed);
        Random random = new Random(seed);
        int accepted = 0;
        int malformed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] body = mutated(random);
            Operation operation = OPERATIONS.get(random.nextInt(OPERATIONS.size()));
            try {
                ApiRequest request = JsonCalls.JSON.read(operation, body, 0, body.length);
                assertThat(request.tableNames()).isNotNull();
                accepted++;
            } catch (ApiException refused) {
                malformed += refused.error().equals(new ApiError.Serialization("")) ? 1 : 0;
                assertThat(refused.error())
                        .isInstanceOfAny(ApiError.Serialization.class, ApiError.Validation.class);
            } catch (RuntimeException | StackOverflowError unexpected) {
                throw new AssertionError(operation + " " + new String(body, UTF_8), unexpected);
            }
        }
        // The mutations must reach beyond the parser, and into it.
        assertThat(accepted).isGreaterThan(ROUNDS / 100);
        assertThat(malformed).isGreaterThan(ROUNDS / 100);
    }

    private static byte[] mutated(Random random) {
        String seed = SEEDS.get(random.nextInt(SEEDS.size())).replace('\'', '"');
        byte[] body = seed.getBytes(UTF_8);
        for (int i = random.nextInt(4); i > 0 && body.length > 2; i--) {
            body = mutate(body, random);
        }
        return body;
    }

    private static byte[] mutate(byte[] body, Random random) {
        int from = random.nextInt(body.length);
        int to = Math.min(body.length, from + random.nextInt(12));
        return switch (random.nextInt(5)) {
            case 0 -> {
                byte[] flipped = body.clone();
                flipped[from] ^= (byte) (1 << random.nextInt(8));
                yield flipped;
            }
            case 1 -> splice(body, from, to, new byte[0]);
            case 2 -> splice(body, from, from, Arrays.copyOfRange(body, from, to));
            case 3 -> Arrays.copyOf(body, from);
            default ->
                    splice(
                            body,
                            from,
                            to,
                            TOKENS.get(random.nextInt(TOKENS.size())).getBytes(UTF_8));
        };
    }

    private static byte[] splice(byte[] body, int from, int to, byte[] middle) {
        byte[] result = new byte[body.length - (to - from) + middle.length];
        System.arraycopy(body, 0, result, 0, from);
        System.arraycopy(middle, 0, result, from, middle.length);
        System.arraycopy(body, to, result, from + middle.length, body.length - to);
        return result;
    }
}
