package dev.stator.core.routing;

/** Something that an operation asked of its router and that is not answered yet. */
interface Question {
    /** The deadline is there: what is known now is the answer. */
    void expire();
}
