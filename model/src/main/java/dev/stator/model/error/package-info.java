@NullMarked
package dev.stator.model.error;

import org.jspecify.annotations.NullMarked;
