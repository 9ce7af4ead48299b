/**
 * The parameters of the API that expressions replaced (developer guide, "Legacy conditional
 * parameters"): they become the same conditions, updates, projections and key conditions, so that
 * they need no evaluation of their own. Names in them are names, never paths: a dot is a dot.
 */
@NullMarked
package dev.stator.model.expression.legacy;

import org.jspecify.annotations.NullMarked;
