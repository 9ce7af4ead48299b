package dev.stator.core.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.operations.api.DescribeContinuousBackupsResponse;
import dev.stator.core.operations.api.UnbuiltOperation;
import dev.stator.core.operations.api.UnbuiltRequest;
import dev.stator.core.operations.api.UnbuiltResponse;
import dev.stator.model.error.ApiError;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnbuiltOperationsTest {
    private static final String ARN =
            "arn:aws:dynamodb:eu-stator-1:123456789012:table/" + Requests.HASH;

    /** What these answer is that there is nothing. */
    private static final Set<UnbuiltOperation> ANSWERING =
            EnumSet.of(
                    UnbuiltOperation.LIST_BACKUPS,
                    UnbuiltOperation.LIST_EXPORTS,
                    UnbuiltOperation.LIST_IMPORTS,
                    UnbuiltOperation.LIST_GLOBAL_TABLES,
                    UnbuiltOperation.LIST_STREAMS,
                    UnbuiltOperation.LIST_CONTRIBUTOR_INSIGHTS,
                    UnbuiltOperation.DESCRIBE_KINESIS_STREAMING_DESTINATION,
                    UnbuiltOperation.DELETE_RESOURCE_POLICY,
                    UnbuiltOperation.DESCRIBE_CONTRIBUTOR_INSIGHTS);

    private final FakeCluster cluster = Requests.clusterWithTables();

    private static UnbuiltRequest request(UnbuiltOperation operation, boolean enables) {
        return new UnbuiltRequest(
                operation, Optional.of(Requests.HASH), Optional.empty(), Optional.of(ARN), enables);
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsEverSwitchedOn(UnbuiltOperation operation) {
        boolean enables = !ANSWERING.contains(operation);
        switch (cluster.end(request(operation, enables))) {
            case FakeCluster.Ending.Answer(var response) -> {
                assertThat(ANSWERING).contains(operation);
                assertThat(response).isInstanceOf(UnbuiltResponse.class);
            }
            case FakeCluster.Ending.Failure(ApiError error) -> {
                assertThat(ANSWERING).doesNotContain(operation);
                assertThat(error.message()).isNotEmpty();
                assertThat(error).isNotInstanceOf(ApiError.UnknownOperation.class);
            }
        }
    }

    @Test
    void whatIsOffMayBeSwitchedOff() {
        assertThat(cluster.end(request(UnbuiltOperation.UPDATE_CONTINUOUS_BACKUPS, false)))
                .isEqualTo(
                        new FakeCluster.Ending.Answer(
                                new DescribeContinuousBackupsResponse(false, Optional.empty())));
        assertThat(cluster.refuse(request(UnbuiltOperation.UPDATE_TIME_TO_LIVE, false)))
                .isEqualTo(new ApiError.Validation("TimeToLive is already disabled"));
    }

    @Test
    void backupsHaveAnErrorOfTheirOwnForMissingTables() {
        UnbuiltRequest backup =
                new UnbuiltRequest(
                        UnbuiltOperation.CREATE_BACKUP,
                        Optional.of("Absent"),
                        Optional.empty(),
                        Optional.empty(),
                        false);

        assertThat(cluster.refuse(backup))
                .isEqualTo(new ApiError.TableNotFound("Table not found: Absent"));
    }

    @Test
    void itIsSaidInTheWordsOfTheService() {
        assertThat(cluster.refuse(request(UnbuiltOperation.CREATE_GLOBAL_TABLE, true)).message())
                .startsWith(
                        "One or more parameter values were invalid: DynamoDB global tables version"
                                + " 2017.11.29 is not supported.");
        assertThat(cluster.refuse(request(UnbuiltOperation.DESCRIBE_GLOBAL_TABLE, false)))
                .isEqualTo(
                        new ApiError.GlobalTableNotFound(
                                "Global table with name: '" + ARN + "' does not exist."));
        assertThat(
                        cluster.refuse(
                                        request(
                                                UnbuiltOperation
                                                        .DISABLE_KINESIS_STREAMING_DESTINATION,
                                                false))
                                .message())
                .isEqualTo(
                        "Table is not in a valid state to enable Kinesis Streaming Destination:"
                                + " KinesisStreamingDestination must be ACTIVE to perform DISABLE"
                                + " operation.");
        assertThat(cluster.refuse(request(UnbuiltOperation.DESCRIBE_BACKUP, false)).message())
                .isEqualTo("Invalid Backup ARN");
        UnbuiltRequest autoScaling =
                new UnbuiltRequest(
                        UnbuiltOperation.DESCRIBE_TABLE_REPLICA_AUTO_SCALING,
                        Optional.of("Absent"),
                        Optional.empty(),
                        Optional.empty(),
                        false);
        assertThat(cluster.refuse(autoScaling))
                .isEqualTo(
                        new ApiError.ResourceNotFound(
                                "Global table with name: 'Absent' does not exist."));
    }

    @Test
    void resourcesAreRefusedInWordsOfTheirOwn() {
        String table = "arn:aws:dynamodb:eu-stator-1:123456789012:table/abc";
        assertThat(policy("abc")).endsWith("ARNs must start with 'arn:': abc");
        assertThat(policy("arn:aws:s3:::abc"))
                .endsWith("Provided Arn is not a DynamoDB resource arn: arn:aws:s3:::abc");
        assertThat(policy(table + "/index/byX"))
                .endsWith(
                        "Invalid resource arn provided, only table or stream is accepted. Provided"
                                + " resource arn: "
                                + table
                                + "/index/byX");
        assertThat(policy(table + "/stream/x"))
                .isEqualTo(
                        "Requested resource not found: ResourceArn: "
                                + table
                                + "/stream/x not found");
        String elsewhere = table.replace("eu-stator-1", "eu-west-1");
        assertThat(policy(elsewhere))
                .isEqualTo(
                        "One or more parameter values were invalid: Invalid resource Arn: "
                                + elsewhere);
        assertThat(policy(table.replace("123456789012", "999999999999")))
                .startsWith("This action is only supported by accounts that match");
    }

    private String policy(String arn) {
        return cluster.refuse(
                        new UnbuiltRequest(
                                UnbuiltOperation.GET_RESOURCE_POLICY,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(arn),
                                false))
                .message();
    }

    @Test
    void thereIsNoPolicy() {
        assertThat(cluster.refuse(request(UnbuiltOperation.GET_RESOURCE_POLICY, false)))
                .isEqualTo(
                        new ApiError.PolicyNotFound(
                                "Resource-based policy not found for the provided ResourceArn: "
                                        + ARN));
    }
}
