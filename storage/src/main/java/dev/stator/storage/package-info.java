@NullMarked
package dev.stator.storage;

import org.jspecify.annotations.NullMarked;
