/** A lean client of the DynamoDB API: one thread drives many connections with signed requests. */
@NullMarked
package dev.stator.tools.client;

import org.jspecify.annotations.NullMarked;
