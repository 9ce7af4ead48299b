package dev.stator.model.expression.legacy;

import dev.stator.model.AttributeValue;
import java.util.Optional;

/** One attribute of AttributeUpdates. */
public record AttributeUpdate(Action action, Optional<AttributeValue> value) {

    /** What to do with the attribute; PUT unless the request says something else. */
    public enum Action {
        PUT,
        ADD,
        DELETE
    }
}
