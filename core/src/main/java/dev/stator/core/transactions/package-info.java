/** Transactions over items of several partitions: what is asked of them, and what becomes of it. */
@NullMarked
package dev.stator.core.transactions;

import org.jspecify.annotations.NullMarked;
