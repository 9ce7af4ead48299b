/** What goes wrong, when, and how badly. */
@NullMarked
package dev.stator.simulator.fault;

import org.jspecify.annotations.NullMarked;
