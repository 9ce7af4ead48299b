package dev.stator.tools.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.stator.tools.client.Answer;
import org.jspecify.annotations.Nullable;

/** Whether an answer is right, as far as can be told at little cost. Owned by one thread. */
final class AnswerCheck {
    private static final byte[] ITEM = "\"Item\"".getBytes(US_ASCII);
    private static final byte[] COUNT =
            ("\"Count\":" + RequestSource.COLLECTION_SIZE).getBytes(US_ASCII);
    private static final int OK = 200;

    private final byte[] keyText = new byte[RequestTemplate.KEY_LENGTH];

    /** The type of the error; null if the answer is right. */
    @Nullable String errorOf(Operation operation, long key, Answer answer) {
        if (!answer.hasSoundBody()) {
            return "WrongChecksum";
        }
        if (answer.status() != OK) {
            return answer.errorType().orElse("HTTP " + answer.status());
        }
        return switch (operation) {
            case PUT, PUT_IN_COLLECTION, UPDATE -> null;
            case GET_STRONG, GET_EVENTUAL -> {
                if (!answer.contains(ITEM, ITEM.length)) {
                    yield "ItemMissing";
                }
                yield isOf(key, answer) ? null : "WrongItem";
            }
            case QUERY -> {
                if (!answer.contains(COUNT, COUNT.length)) {
                    yield "WrongCount";
                }
                yield isOf(key, answer) ? null : "WrongItem";
            }
        };
    }

    private boolean isOf(long key, Answer answer) {
        RequestTemplate.writeKey(key, keyText, 0);
        return answer.contains(keyText, keyText.length);
    }
}
