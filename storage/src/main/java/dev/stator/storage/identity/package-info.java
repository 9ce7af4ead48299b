/** Who a node is, kept in its data directory. */
@NullMarked
package dev.stator.storage.identity;

import org.jspecify.annotations.NullMarked;
