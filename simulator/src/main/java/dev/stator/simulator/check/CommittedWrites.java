package dev.stator.simulator.check;

import dev.stator.core.store.StoreWrite;

/**
 * Is told what was committed: every change of an item, each once, those of one item in the order of
 * the log.
 */
interface CommittedWrites {
    void committed(StoreWrite write);
}
