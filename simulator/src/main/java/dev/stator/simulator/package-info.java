@NullMarked
package dev.stator.simulator;

import org.jspecify.annotations.NullMarked;
