/**
 * The data of the API: attribute values, numbers, byte strings and items, their order and their
 * sizes. Nothing here refuses a request; what can be refused, and with which words, is in {@code
 * dev.stator.model.validation}.
 */
@NullMarked
package dev.stator.model;

import org.jspecify.annotations.NullMarked;
