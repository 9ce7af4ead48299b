@NullMarked
package dev.stator.server;

import org.jspecify.annotations.NullMarked;
