@NullMarked
package dev.stator.core.node;

import org.jspecify.annotations.NullMarked;
