/**
 * Bytes for values and items, and the writer and reader that every binary format of the project
 * builds on.
 */
@NullMarked
package dev.stator.model.codec;

import org.jspecify.annotations.NullMarked;
