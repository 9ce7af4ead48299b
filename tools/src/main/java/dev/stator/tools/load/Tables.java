package dev.stator.tools.load;

/**
 * The names of the two tables of a run, which begin alike: items by a partition key alone, and
 * items in collections of ten for queries.
 */
public record Tables(String prefix) {
    String items() {
        return prefix + "-items";
    }

    String collections() {
        return prefix + "-collections";
    }
}
