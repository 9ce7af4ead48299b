/** The errors that the API answers with, and the exact words that clients match on. */
@NullMarked
package dev.stator.model.error;

import org.jspecify.annotations.NullMarked;
