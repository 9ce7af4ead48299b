package dev.stator.simulator.cluster;

import dev.stator.core.operations.api.ApiResponse;
import dev.stator.core.routing.Router;
import dev.stator.model.error.ApiError;

/** A client that waits for the end of its request; exactly one of these is called. */
public interface ClientCall extends Router.Requester {

    void answered(ApiResponse response);

    void failed(ApiError error);

    /** The router has ended, or the connection to it: what became of the request is not known. */
    void lost();
}
