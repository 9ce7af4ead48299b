@NullMarked
package dev.stator.model.capacity;

import org.jspecify.annotations.NullMarked;
