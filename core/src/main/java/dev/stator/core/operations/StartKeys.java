package dev.stator.core.operations;

import dev.stator.model.AttributeValue;
import dev.stator.model.AttributesBuilder;
import dev.stator.model.Item;
import dev.stator.model.error.ApiException;
import dev.stator.model.error.Messages;
import dev.stator.model.table.KeyAttribute;
import dev.stator.model.table.TableDescriptor;
import java.util.List;

/** What an ExclusiveStartKey must be: a key that a last page could have ended with. */
final class StartKeys {
    private StartKeys() {}

    /** Checks that there are as many attributes as there should be. */
    static void checkSize(ReadTarget target, Item startKey) {
        if (startKey.attributes().size() != target.startKeyNames().size()) {
            throw ApiException.validation(Messages.INVALID_STARTING_KEY);
        }
    }

    /** Checks some of the key attributes of what is read. */
    static void checkAttributes(List<KeyAttribute> attributes, Item startKey) {
        for (KeyAttribute attribute : attributes) {
            AttributeValue value = startKey.get(attribute.name());
            if (value == null) {
                throw ApiException.validation(Messages.INVALID_STARTING_KEY);
            }
            if (!attribute.type().matches(value)) {
                throw ApiException.validation(Messages.KEY_SCHEMA_MISMATCH);
            }
        }
    }

    /** Checks the part that is a key of the table; the error says that it is about a start key. */
    static void checkTableKey(TableDescriptor table, Item startKey) {
        AttributesBuilder ofTable = new AttributesBuilder(2);
        for (String name : table.key().names()) {
            AttributeValue value = startKey.get(name);
            if (value != null) {
                ofTable.put(name, value);
            }
        }
        checkTableKeyAlone(table, ofTable.toItem());
    }

    /** Checks a start key that is a key of the table and nothing else. */
    static void checkTableKeyAlone(TableDescriptor table, Item startKey) {
        try {
            table.key().validateKey(startKey);
        } catch (ApiException refused) {
            throw ApiException.validation(
                    Messages.INVALID_STARTING_KEY + ": " + refused.error().message());
        }
    }
}
