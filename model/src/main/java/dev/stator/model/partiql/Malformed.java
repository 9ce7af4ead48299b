package dev.stator.model.partiql;

import dev.stator.model.error.ApiException;

/** The refusals of what can not be read as a statement. */
final class Malformed {
    private static final String PREFIX = "Statement wasn't well formed, can't be processed: ";

    private Malformed() {}

    /** What can not even be cut into tokens. The service says no more than this. */
    static ApiException token() {
        return because("");
    }

    static ApiException because(String problem) {
        return ApiException.validation(PREFIX + problem);
    }

    static ApiException leftOver() {
        return because("Unexpected token after expression");
    }

    static ApiException noDataManipulation() {
        return because("Expected data manipulation");
    }

    static ApiException noName() {
        return because("Expected identifier for simple path");
    }
}
