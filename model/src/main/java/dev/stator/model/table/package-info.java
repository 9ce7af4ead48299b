/** What a table is: its key schema, indexes, settings and partitions, and the rules for keys. */
@NullMarked
package dev.stator.model.table;

import org.jspecify.annotations.NullMarked;
