package dev.stator.model.capacity;

/** What a read promises, and what it costs for that. */
public enum ReadKind {
    EVENTUAL(0.5),
    STRONG(1),
    TRANSACTIONAL(2);

    private final double unitsPerBlock;

    ReadKind(double unitsPerBlock) {
        this.unitsPerBlock = unitsPerBlock;
    }

    /** Read units for what a strongly consistent read has one for. */
    public double unitsPerBlock() {
        return unitsPerBlock;
    }
}
