/** What a state machine has still to do: after the current step, and at later times. */
@NullMarked
package dev.stator.core.agenda;

import org.jspecify.annotations.NullMarked;
