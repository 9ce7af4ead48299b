/** What requests cost, in read and write units (developer guide, "Read and write operations"). */
@NullMarked
package dev.stator.model.capacity;

import org.jspecify.annotations.NullMarked;
