package dev.stator.model.partiql;

/**
 * Where a token stands in a statement. Lines and columns are counted from 1, in characters; the
 * length is that of the token as it is written.
 */
public record Position(int line, int column, int length) {
    /** As messages write it. */
    @Override
    public String toString() {
        return line + ":" + column + ":" + length;
    }
}
