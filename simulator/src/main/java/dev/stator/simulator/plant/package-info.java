/** Mistakes made on purpose, to see them caught: at the ports of the real code, not in it. */
@NullMarked
package dev.stator.simulator.plant;

import org.jspecify.annotations.NullMarked;
