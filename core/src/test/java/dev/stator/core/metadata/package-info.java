@NullMarked
package dev.stator.core.metadata;

import org.jspecify.annotations.NullMarked;
