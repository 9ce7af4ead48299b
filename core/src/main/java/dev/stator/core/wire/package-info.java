/**
 * The messages between roles, and the codec that carries them between processes. Data only: no role
 * lives here.
 */
@NullMarked
package dev.stator.core.wire;

import org.jspecify.annotations.NullMarked;
