/** The write-ahead log that all replication groups of a node share. */
@NullMarked
package dev.stator.storage.wal;

import org.jspecify.annotations.NullMarked;
