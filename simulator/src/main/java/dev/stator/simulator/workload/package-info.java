/** Clients that use the cluster through the API, and what they use it for. */
@NullMarked
package dev.stator.simulator.workload;

import org.jspecify.annotations.NullMarked;
