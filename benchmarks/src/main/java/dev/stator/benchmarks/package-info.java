/** The program of this module. */
@NullMarked
package dev.stator.benchmarks;

import org.jspecify.annotations.NullMarked;
