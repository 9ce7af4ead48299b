/** What replicas do, step by step, as the specification of the protocol sees it. */
@NullMarked
package dev.stator.simulator.protocol;

import org.jspecify.annotations.NullMarked;
