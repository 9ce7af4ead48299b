/** The semantics of the API: one file for each operation. */
@NullMarked
package dev.stator.core.operations;

import org.jspecify.annotations.NullMarked;
