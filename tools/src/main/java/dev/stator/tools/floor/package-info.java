/** What the machine itself can do: the bounds that figures are compared with. */
@NullMarked
package dev.stator.tools.floor;

import org.jspecify.annotations.NullMarked;
