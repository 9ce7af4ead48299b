/**
 * Messages between the processes of a cluster: frames over TCP, checked, bounded, and meant for one
 * node only.
 */
@NullMarked
package dev.stator.server.rpc;

import org.jspecify.annotations.NullMarked;
