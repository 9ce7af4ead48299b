package dev.stator.core.partition;

import dev.stator.core.wire.PartitionResponse.NotHere;
import dev.stator.core.wire.PartitionResponse.Refused;
import dev.stator.core.wire.PartitionResponse.Unavailable;
import dev.stator.model.error.ApiError;

/** The answers by which nothing was done. */
final class Refusals {
    static final NotHere NOT_HERE = new NotHere();
    static final Unavailable NO_LEASE =
            new Unavailable("the leader is not ready or holds no lease");
    static final Unavailable LEADERSHIP_LOST =
            new Unavailable("the leader lost its office before it could answer");
    static final Unavailable TOO_FAR_BEHIND =
            new Unavailable("the replica has not heard from its leader lately");
    static final Unavailable NOT_PROPOSED = new Unavailable("the log takes no more writes now");
    static final Unavailable TOO_MANY_PENDING = new Unavailable("too many writes are in flight");
    static final Unavailable TOO_MANY_WAITING = new Unavailable("too many writes are waiting");
    static final Unavailable TOO_MANY_READS = new Unavailable("too many reads are in flight");
    static final Unavailable DAMAGED = new Unavailable("the replica's copy of an item is damaged");

    static final Unavailable CHANGED_WHILE_READ =
            new Unavailable("something was deleted while the item was read");
    static final Unavailable TOO_MANY_PREPARED =
            new Unavailable("too many items are prepared by transactions");

    static final Unavailable CLOSED =
            new Unavailable("the replica is being taken away or refilled");

    /** Nothing was done, and to ask again would fail the same way. */
    static final Refused EVALUATION_FAILED =
            new Refused(new ApiError.InternalServerError("Internal server error"), 0);

    /** The words of the service where an index cannot take what is written to its table. */
    static final Refused INDEXES_TOO_FAR_BEHIND =
            new Refused(
                    new ApiError.ProvisionedThroughputExceeded(
                            "The level of configured provisioned throughput for one or more global"
                                    + " secondary indexes of the table was exceeded. Consider"
                                    + " increasing your provisioning level for the"
                                    + " under-provisioned global secondary indexes with the"
                                    + " UpdateTable API"),
                    0);

    private Refusals() {}
}
