/**
 * Requests that nobody should send: valid ones of every operation, mutated from a seed, and what a
 * server must hold to in spite of them.
 */
@NullMarked
package dev.stator.tools.fuzz;

import org.jspecify.annotations.NullMarked;
