/** The port between roles and whatever carries their messages. */
@NullMarked
package dev.stator.server.transport;

import org.jspecify.annotations.NullMarked;
