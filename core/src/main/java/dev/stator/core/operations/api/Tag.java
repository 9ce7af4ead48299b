package dev.stator.core.operations.api;

/** A tag of a resource. */
public record Tag(String key, String value) {}
