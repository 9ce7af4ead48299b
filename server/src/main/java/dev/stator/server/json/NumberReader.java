package dev.stator.server.json;

import dev.stator.model.DecimalNumber;
import dev.stator.model.error.ApiException;
import dev.stator.model.error.Messages;
import dev.stator.model.partiql.DecimalText;
import dev.stator.model.validation.Numbers;

/** Parses numbers; what is none is noted and replaced by zero. */
final class NumberReader {
    private NumberReader() {}

    static DecimalNumber parse(String text, ValueErrors errors) {
        if (text.isEmpty()) {
            boolean older = errors.wording().isOlder();
            errors.add(older ? Messages.EMPTY_NUMBER : Messages.NOT_A_NUMBER);
            return DecimalNumber.ZERO;
        }
        try {
            if (errors.wording() == ValueWording.STATEMENT) {
                DecimalText.checkExponent(text);
            }
            return Numbers.parse(text);
        } catch (ApiException refused) {
            errors.add(refused.error().message());
            return DecimalNumber.ZERO;
        }
    }
}
