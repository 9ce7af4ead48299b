/** What clients asked and were answered: the material of the checkers. */
@NullMarked
package dev.stator.simulator.history;

import org.jspecify.annotations.NullMarked;
