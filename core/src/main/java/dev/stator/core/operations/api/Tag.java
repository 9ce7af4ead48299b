package dev.stator.core.operations.api;

import org.jspecify.annotations.Nullable;

/** A tag of a resource. A request may leave its members out, a response never does. */
public record Tag(@Nullable String key, @Nullable String value) {}
