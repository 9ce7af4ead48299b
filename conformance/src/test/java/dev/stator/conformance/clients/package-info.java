/** Real clients against a running server. */
@NullMarked
package dev.stator.conformance.clients;

import org.jspecify.annotations.NullMarked;
