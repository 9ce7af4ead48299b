/** The commands of the tools' program. */
@NullMarked
package dev.stator.tools.cli;

import org.jspecify.annotations.NullMarked;
