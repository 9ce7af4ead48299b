package dev.stator.core.store;

/** One change of one item. The arrays belong to the write: nobody changes them afterwards. */
public sealed interface StoreWrite {

    byte[] key();

    /** Sets the value of a key, whatever it was. */
    record Put(byte[] key, byte[] value) implements StoreWrite {}

    /** Removes a key; removing an absent one is no error. */
    record Delete(byte[] key) implements StoreWrite {}
}
