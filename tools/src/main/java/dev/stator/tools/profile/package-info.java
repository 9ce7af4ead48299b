/** Where a server's processor time goes, from its flight recording. */
@NullMarked
package dev.stator.tools.profile;

import org.jspecify.annotations.NullMarked;
