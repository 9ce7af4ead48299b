package dev.stator.model.capacity;

/** Units that a table or one index consumed. */
public record Capacity(double readUnits, double writeUnits) {
    public static final Capacity NONE = new Capacity(0, 0);

    public static Capacity read(double units) {
        return new Capacity(units, 0);
    }

    public static Capacity write(double units) {
        return new Capacity(0, units);
    }

    public Capacity plus(Capacity other) {
        return new Capacity(readUnits + other.readUnits, writeUnits + other.writeUnits);
    }

    /** CapacityUnits. */
    public double total() {
        return readUnits + writeUnits;
    }
}
