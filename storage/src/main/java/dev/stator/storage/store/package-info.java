/**
 * The store of a node, shared by all its replicas: {@link
 * dev.stator.storage.store.RocksPartitionStore} on disk and {@link
 * dev.stator.storage.store.MemoryPartitionStore}, its twin in memory. One suite of tests holds for
 * both.
 */
@NullMarked
package dev.stator.storage.store;

import org.jspecify.annotations.NullMarked;
