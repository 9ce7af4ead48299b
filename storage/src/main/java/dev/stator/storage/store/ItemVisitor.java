package dev.stator.storage.store;

/** Receives the items of a scan, one at a time. */
@FunctionalInterface
public interface ItemVisitor {

    /**
     * Takes an item; the arrays are the visitor's to keep.
     *
     * @return whether the scan shall go on
     */
    boolean visit(byte[] key, byte[] value);
}
