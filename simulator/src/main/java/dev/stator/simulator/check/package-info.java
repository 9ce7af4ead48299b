/** The checkers: each file is named for what it checks. */
@NullMarked
package dev.stator.simulator.check;

import org.jspecify.annotations.NullMarked;
