/** TLC checks the models of the specification, and rejects its mutations. */
@NullMarked
package dev.stator.spec;

import org.jspecify.annotations.NullMarked;
