/**
 * What runs the pure roles: loops with one thread each, the clock, the WAL and the store of a node,
 * and the wiring of a node's roles.
 */
@NullMarked
package dev.stator.server.runtime;

import org.jspecify.annotations.NullMarked;
