/** How nodes with empty directories become a cluster, once. */
@NullMarked
package dev.stator.server.formation;

import org.jspecify.annotations.NullMarked;
