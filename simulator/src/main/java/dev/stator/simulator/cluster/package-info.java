/**
 * The cluster under test: the real shards, routers, WAL and store, on simulated machines, disks and
 * network.
 */
@NullMarked
package dev.stator.simulator.cluster;

import org.jspecify.annotations.NullMarked;
