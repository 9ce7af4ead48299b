package dev.stator.tools.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;

/** Changes of the bytes of a body: of its end, its encoding, and of what stands around it. */
final class ByteMutation {
    /** What is no UTF-8, or is no JSON, or ends it. */
    private static final List<String> PARTS =
            List.of(
                    "\u00c0\u00af",
                    "\u00ff",
                    "\u00ed\u00a0\u0080",
                    "\u00f4\u0090\u0080\u0080",
                    "\0",
                    "//c\n",
                    "/**/",
                    "'",
                    "\\",
                    "\\u12",
                    "{",
                    "}",
                    "]",
                    ",",
                    "\"");

    private final Choice choice;

    ByteMutation(Choice choice) {
        this.choice = choice;
    }

    byte[] change(byte[] body) {
        String text = new String(body, ISO_8859_1);
        return switch (choice.below(9)) {
            case 0 -> Arrays.copyOf(body, choice.below(body.length + 1));
            case 1 -> flipped(body);
            case 2 -> new String(body, UTF_8).getBytes(UTF_16);
            case 3 -> bytes("\u00ef\u00bb\u00bf" + text);
            case 4 -> bytes(text + text);
            case 5 -> bytes(text + choice.of(PARTS));
            case 6 -> bytes(" \t\r\n".repeat(choice.below(2_000)) + text);
            case 7 -> new byte[0];
            default -> {
                int at = choice.below(text.length() + 1);
                yield bytes(text.substring(0, at) + choice.of(PARTS) + text.substring(at));
            }
        };
    }

    private byte[] flipped(byte[] body) {
        byte[] changed = body.clone();
        for (int i = choice.below(4); i >= 0; i--) {
            changed[choice.below(changed.length)] ^= (byte) (1 << choice.below(8));
        }
        return changed;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
