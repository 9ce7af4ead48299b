package dev.stator.server.transport;

import dev.stator.core.wire.Envelope;

/**
 * Carries messages between roles, whichever nodes they are on. A message may be lost; none is
 * delivered by the caller's stack.
 */
public interface Transport {
    void send(Envelope envelope);
}
