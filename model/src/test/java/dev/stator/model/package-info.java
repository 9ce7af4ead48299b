@NullMarked
package dev.stator.model;

import org.jspecify.annotations.NullMarked;
