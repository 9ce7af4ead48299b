/**
 * The state machine of one partition: evaluates requests where it leads, turns committed log
 * entries into changes of the store, and reads.
 */
@NullMarked
package dev.stator.core.partition;

import org.jspecify.annotations.NullMarked;
