@NullMarked
package dev.stator.core.autoadmin;

import org.jspecify.annotations.NullMarked;
