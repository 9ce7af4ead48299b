/** A storage node: the replicas it hosts, and what they share. */
@NullMarked
package dev.stator.core.node;

import org.jspecify.annotations.NullMarked;
