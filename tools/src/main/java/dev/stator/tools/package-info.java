@NullMarked
package dev.stator.tools;

import org.jspecify.annotations.NullMarked;
