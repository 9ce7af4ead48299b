/**
 * What follows from the changes of a table: its global secondary indexes. The leader of each
 * partition reads the change records of its own group and sends what follows from them on.
 */
@NullMarked
package dev.stator.core.changes;

import org.jspecify.annotations.NullMarked;
