@NullMarked
package dev.stator.simulator.check;

import org.jspecify.annotations.NullMarked;
