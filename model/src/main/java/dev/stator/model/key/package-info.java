@NullMarked
package dev.stator.model.key;

import org.jspecify.annotations.NullMarked;
