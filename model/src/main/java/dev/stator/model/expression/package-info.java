@NullMarked
package dev.stator.model.expression;

import org.jspecify.annotations.NullMarked;
