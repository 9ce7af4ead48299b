/**
 * One directory of files, as a port: {@link dev.stator.storage.disk.FileDisk} is the machine's file
 * system, {@link dev.stator.storage.disk.SimulatedDisk} loses what was not synced.
 */
@NullMarked
package dev.stator.storage.disk;

import org.jspecify.annotations.NullMarked;
