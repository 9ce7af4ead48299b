@NullMarked
package dev.stator.model.table;

import org.jspecify.annotations.NullMarked;
