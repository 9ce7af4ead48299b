@NullMarked
package dev.stator.replication;

import org.jspecify.annotations.NullMarked;
