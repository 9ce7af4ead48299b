/**
 * What a partition asks of the store of its node: batches of writes and ranges of keys. Data only,
 * so that the pure state machines can emit it as effects; the stores themselves are in the module
 * {@code storage}.
 */
@NullMarked
package dev.stator.core.store;

import org.jspecify.annotations.NullMarked;
