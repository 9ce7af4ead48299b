package dev.stator.core.operations.api;

import dev.stator.model.Item;

/** The estimated size of an item collection, in gigabytes. */
public record ItemCollectionMetrics(
        Item itemCollectionKey, double lowerBoundGigabytes, double upperBoundGigabytes) {}
