/** What single steps of a request cost, by JMH: time and, with {@code -prof gc}, allocation. */
@NullMarked
package dev.stator.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
