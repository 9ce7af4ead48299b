/** Simulated time: events in one order, clocks that drift, and the record of what happened. */
@NullMarked
package dev.stator.simulator.engine;

import org.jspecify.annotations.NullMarked;
