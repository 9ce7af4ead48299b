/** What the server proves itself with to its clients (RFC 8446), and its renewal. */
@NullMarked
package dev.stator.server.tls;

import org.jspecify.annotations.NullMarked;
