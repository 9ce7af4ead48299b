/** What is written and read by the measurements. */
@NullMarked
package dev.stator.benchmarks.sample;

import org.jspecify.annotations.NullMarked;
