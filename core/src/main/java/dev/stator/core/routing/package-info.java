/**
 * The request router: runs operations, finds the partitions they need, and talks to their replicas
 * until an answer is there or the deadline is.
 */
@NullMarked
package dev.stator.core.routing;

import org.jspecify.annotations.NullMarked;
