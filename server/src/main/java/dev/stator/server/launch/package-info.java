/** What the command asks of the runtime: to start a server, and why one could not start. */
@NullMarked
package dev.stator.server.launch;

import org.jspecify.annotations.NullMarked;
