/**
 * MemDS: the routing metadata in memory, and the tree that holds it. What a router asks for every
 * request is answered here; what is true is decided elsewhere (tables by auto-admin, membership by
 * storage nodes).
 */
@NullMarked
package dev.stator.core.metadata;

import org.jspecify.annotations.NullMarked;
