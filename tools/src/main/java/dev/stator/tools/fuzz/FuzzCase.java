package dev.stator.tools.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * One request, byte by byte.
 *
 * @param number it is made of the seed and of this alone
 * @param operation of the request that it was made from
 * @param framed whether it is clear where it ends, so that another one may follow on the connection
 * @param inflates false where the body is not what its Content-Encoding says, to which the service
 *     itself answers with an internal error
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record FuzzCase(long number, String operation, byte[] request, boolean framed, boolean inflates) {
    private static final int SHOWN_BYTES_MAX = 4_000;

    /** Operations that change items. */
    boolean writes() {
        return switch (operation) {
            case "PutItem",
                    "UpdateItem",
                    "DeleteItem",
                    "BatchWriteItem",
                    "TransactWriteItems",
                    "ExecuteStatement",
                    "BatchExecuteStatement",
                    "ExecuteTransaction" ->
                    true;
            default -> false;
        };
    }

    /** Its bytes, those that are not ASCII escaped, cut where it is too long to be read. */
    String shown() {
        StringBuilder text = new StringBuilder();
        for (char c : new String(request, ISO_8859_1).toCharArray()) {
            if (text.length() > SHOWN_BYTES_MAX) {
                return text + "... (" + request.length + " bytes)";
            }
            if (c == '\n' || (c >= ' ' && c < 0x7f)) {
                text.append(c);
            } else if (c != '\r') {
                text.append("\\x%02x".formatted((int) c));
            }
        }
        return text.toString();
    }
}
