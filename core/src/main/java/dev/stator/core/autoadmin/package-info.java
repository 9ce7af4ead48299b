/**
 * The control plane: table life cycles, placement of replicas, and telling MemDS. It acts beside
 * the leader of the system group only, and keeps everything it decides as items of that group.
 */
@NullMarked
package dev.stator.core.autoadmin;

import org.jspecify.annotations.NullMarked;
