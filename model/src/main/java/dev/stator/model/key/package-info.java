/** Where items are placed: order-preserving key bytes, and ranges of them. */
@NullMarked
package dev.stator.model.key;

import org.jspecify.annotations.NullMarked;
