/** Clusters of several processes that are killed. */
@NullMarked
package dev.stator.conformance.crash;

import org.jspecify.annotations.NullMarked;
