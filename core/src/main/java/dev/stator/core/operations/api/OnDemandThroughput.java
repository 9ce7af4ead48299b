package dev.stator.core.operations.api;

import java.util.OptionalLong;

/** Upper bounds of an on-demand table or index, in request units per second; -1 removes one. */
public record OnDemandThroughput(
        OptionalLong maxReadRequestUnits, OptionalLong maxWriteRequestUnits) {}
