@NullMarked
package dev.stator.core.routing;

import org.jspecify.annotations.NullMarked;
