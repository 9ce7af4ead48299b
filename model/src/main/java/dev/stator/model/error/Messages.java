package dev.stator.model.error;

/** The exact words of the service that clients match on, where more than one place needs them. */
public final class Messages {
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

    private Messages() {}
}
