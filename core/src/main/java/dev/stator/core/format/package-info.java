/**
 * What is on disk, as bytes: items in a store, commands in a log, the state of a partition. Each
 * form begins with its version; a version's form never changes, which golden tests watch over. Wire
 * formats are elsewhere.
 */
@NullMarked
package dev.stator.core.format;

import org.jspecify.annotations.NullMarked;
