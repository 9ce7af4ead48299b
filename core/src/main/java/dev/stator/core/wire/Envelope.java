package dev.stator.core.wire;

/** A message on its way. It may be lost, delayed, repeated and reordered. */
public record Envelope(Address from, Address to, Message message) {}
