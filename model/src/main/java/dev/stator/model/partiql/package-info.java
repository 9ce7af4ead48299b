/**
 * Statements in the dialect of PartiQL that the service reads (developer guide, "PartiQL - a
 * SQL-compatible query language for Amazon DynamoDB"): they are parsed, and translated to the
 * conditions, updates and key conditions that all other requests are made of.
 */
@NullMarked
package dev.stator.model.partiql;

import org.jspecify.annotations.NullMarked;
