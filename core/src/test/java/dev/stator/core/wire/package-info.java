@NullMarked
package dev.stator.core.wire;

import org.jspecify.annotations.NullMarked;
