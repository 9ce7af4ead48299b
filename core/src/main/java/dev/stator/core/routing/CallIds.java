package dev.stator.core.routing;

/** The call identifiers of one router. */
final class CallIds {
    private long last;

    long next() {
        return ++last;
    }
}
