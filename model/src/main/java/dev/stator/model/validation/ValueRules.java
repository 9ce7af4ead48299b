package dev.stator.model.validation;

import dev.stator.model.AttributeValue;
import dev.stator.model.Bytes;
import dev.stator.model.DecimalNumber;
import dev.stator.model.Item;
import dev.stator.model.ItemSize;
import dev.stator.model.error.ApiException;
import dev.stator.model.error.Messages;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** What the service refuses in values from clients, apart from numbers and keys. */
public final class ValueRules {
    /**
     * The number of levels of a value, the value itself being the first: 31 maps around a leaf are
     * accepted, 32 are not.
     */
    public static final int MAX_LEVELS = 32;

    private ValueRules() {}

    /**
     * A string set of exactly these members.
     *
     * @throws ApiException (validation) if there is none, or one occurs twice
     */
    public static AttributeValue.StringSet stringSet(List<String> members) {
        if (members.isEmpty()) {
            throw ApiException.validation(Messages.EMPTY_STRING_SET);
        }
        SequencedSet<String> distinct = new LinkedHashSet<>(members);
        if (distinct.size() < members.size()) {
            throw ApiException.validation(Messages.duplicateStrings(members));
        }
        return new AttributeValue.StringSet(distinct);
    }

    /**
     * A number set of exactly these members; numbers of equal value are the same.
     *
     * @throws ApiException (validation) if there is none, or one occurs twice
     */
    public static AttributeValue.NumberSet numberSet(List<DecimalNumber> members) {
        if (members.isEmpty()) {
            throw ApiException.validation(Messages.EMPTY_NUMBER_SET);
        }
        SequencedSet<DecimalNumber> distinct = new LinkedHashSet<>(members);
        if (distinct.size() < members.size()) {
            throw ApiException.validation(Messages.DUPLICATE_NUMBERS);
        }
        return new AttributeValue.NumberSet(distinct);
    }

    /**
     * A binary set of exactly these members.
     *
     * @throws ApiException (validation) if there is none, or one occurs twice
     */
    public static AttributeValue.BinarySet binarySet(List<Bytes> members) {
        if (members.isEmpty()) {
            throw ApiException.validation(Messages.EMPTY_BINARY_SET);
        }
        SequencedSet<Bytes> distinct = new LinkedHashSet<>(members);
        if (distinct.size() < members.size()) {
            List<String> encoded = new ArrayList<>(members.size());
            for (Bytes member : members) {
                encoded.add(Base64.getEncoder().encodeToString(member.unsafeArray()));
            }
            throw ApiException.validation(Messages.duplicateBinaries(encoded));
        }
        return new AttributeValue.BinarySet(distinct);
    }

    /**
     * Refuses values that are nested too deep.
     *
     * @throws ApiException (validation)
     */
    public static void checkNesting(Item item) {
        for (AttributeValue value : item.attributes().values()) {
            checkNesting(value, 1);
        }
    }

    /**
     * Refuses a value that is nested too deep.
     *
     * @throws ApiException (validation)
     */
    public static void checkNesting(AttributeValue value) {
        checkNesting(value, 1);
    }

    private static void checkNesting(AttributeValue value, int level) {
        if (level > MAX_LEVELS) {
            throw ApiException.validation(Messages.NESTED_TOO_DEEP);
        }
        switch (value) {
            case AttributeValue.L list -> {
                for (AttributeValue element : list.elements()) {
                    checkNesting(element, level + 1);
                }
            }
            case AttributeValue.M map -> {
                for (AttributeValue entry : map.entries().values()) {
                    checkNesting(entry, level + 1);
                }
            }
            case AttributeValue.S ignored -> {}
            case AttributeValue.N ignored -> {}
            case AttributeValue.B ignored -> {}
            case AttributeValue.Bool ignored -> {}
            case AttributeValue.Null ignored -> {}
            case AttributeValue.StringSet ignored -> {}
            case AttributeValue.NumberSet ignored -> {}
            case AttributeValue.BinarySet ignored -> {}
        }
    }

    /**
     * Refuses an item that is too large to be put. Returns its size.
     *
     * @throws ApiException (validation)
     */
    public static int checkSize(Item item) {
        int size = ItemSize.of(item);
        if (size > ItemSize.MAX_ITEM_BYTES) {
            throw ApiException.validation(Messages.ITEM_TOO_LARGE);
        }
        return size;
    }
}
