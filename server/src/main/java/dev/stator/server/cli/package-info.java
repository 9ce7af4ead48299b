/** The {@code stator} command. */
@NullMarked
package dev.stator.server.cli;

import org.jspecify.annotations.NullMarked;
