package dev.stator.core.operations.api;

import java.util.OptionalDouble;

/**
 * Capacity units that a table or one index consumed; read and write units are told apart for
 * transactions only.
 */
public record Capacity(
        double capacityUnits, OptionalDouble readCapacityUnits, OptionalDouble writeCapacityUnits) {
    public static Capacity of(double capacityUnits) {
        return new Capacity(capacityUnits, OptionalDouble.empty(), OptionalDouble.empty());
    }
}
