/**
 * What the service refuses in values and numbers, with its exact words. Everything here throws
 * {@link dev.stator.model.error.ApiException}.
 */
@NullMarked
package dev.stator.model.validation;

import org.jspecify.annotations.NullMarked;
