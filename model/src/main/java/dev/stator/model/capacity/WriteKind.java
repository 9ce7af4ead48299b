package dev.stator.model.capacity;

/** A write of its own, or as part of a transaction. */
public enum WriteKind {
    STANDARD(1),
    TRANSACTIONAL(2);

    private final double unitsPerBlock;

    WriteKind(double unitsPerBlock) {
        this.unitsPerBlock = unitsPerBlock;
    }

    double unitsPerBlock() {
        return unitsPerBlock;
    }
}
