/**
 * Tests of the code's structure: what may depend on what, what the pure core may not touch, and
 * sizes.
 */
@NullMarked
package dev.stator.conformance.structure;

import org.jspecify.annotations.NullMarked;
