/**
 * Requests and responses of the API as typed records, with the names of the API reference. They
 * hold what goes over the wire and decide nothing. Maps that are handed to a record belong to it
 * from then on: they are not copied.
 */
@NullMarked
package dev.stator.core.operations.api;

import org.jspecify.annotations.NullMarked;
