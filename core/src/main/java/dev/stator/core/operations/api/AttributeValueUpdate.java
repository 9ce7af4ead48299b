package dev.stator.core.operations.api;

import dev.stator.model.AttributeValue;
import java.util.Optional;

/** One attribute of the legacy AttributeUpdates. An absent action stands for PUT. */
public record AttributeValueUpdate(
        Optional<AttributeValue> value, Optional<AttributeAction> action) {}
