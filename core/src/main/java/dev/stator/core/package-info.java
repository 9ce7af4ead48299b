@NullMarked
package dev.stator.core;

import org.jspecify.annotations.NullMarked;
