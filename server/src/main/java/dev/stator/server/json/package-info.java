/**
 * The JSON form of the API (protocol AWS JSON 1.0): requests are read straight from a streaming
 * parser into the records of {@code dev.stator.core.operations.api}, responses are written straight
 * from them.
 *
 * <p>A request is refused in the order of the service: text that is not JSON, then members of the
 * wrong JSON type, then violated constraints of the service model (all of them in one message),
 * then attribute values that are none. As all that is found in one pass, constraint violations and
 * bad values are noted down while reading and thrown at the end.
 */
@NullMarked
package dev.stator.server.json;

import org.jspecify.annotations.NullMarked;
