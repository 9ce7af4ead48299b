package dev.stator.model.error;

/** The exact words of the service that clients match on, where more than one place needs them. */
public final class Messages {
    /** How many messages of semantic checks begin. */
    public static final String INVALID_PARAMETERS = "One or more parameter values were invalid: ";

    private static final String INVALID_KEY_VALUE =
            "One or more parameter values are not valid. The AttributeValue for a key attribute"
                    + " cannot contain an empty ";

    public static final String EMPTY_NUMBER =
            "The parameter cannot be converted to a numeric value";

    /** Followed by the text. */
    public static final String NOT_A_NUMBER = EMPTY_NUMBER + ": ";

    public static final String NUMBER_TOO_MANY_DIGITS =
            "Attempting to store more than 38 significant digits in a Number";
    public static final String NUMBER_OVERFLOW =
            "Number overflow. Attempting to store a number with magnitude larger than supported"
                    + " range";
    public static final String NUMBER_UNDERFLOW =
            "Number underflow. Attempting to store a number with magnitude smaller than supported"
                    + " range";

    public static final String KEY_SCHEMA_MISMATCH =
            "The provided key element does not match the schema";
    public static final String PARTITION_KEY_TOO_LONG =
            INVALID_PARAMETERS + "Size of hashkey has exceeded the maximum size limit of2048 bytes";
    public static final String SORT_KEY_TOO_LONG =
            INVALID_PARAMETERS
                    + "Aggregated size of all range keys has exceeded the size limit of 1024 bytes";

    private Messages() {}

    public static String missingKey(String attribute) {
        return INVALID_PARAMETERS + "Missing the key " + attribute + " in the item";
    }

    public static String keyTypeMismatch(String attribute, String expected, String actual) {
        return INVALID_PARAMETERS
                + "Type mismatch for key "
                + attribute
                + " expected: "
                + expected
                + " actual: "
                + actual;
    }

    public static String emptyStringKey(String attribute) {
        return INVALID_KEY_VALUE + "string value. Key: " + attribute;
    }

    public static String emptyBinaryKey(String attribute) {
        return INVALID_KEY_VALUE + "binary value. Key: " + attribute;
    }
}
