package dev.stator.tools.fuzz;

import java.util.ArrayList;
import java.util.List;

/** Changes of strings: of lengths, characters, numbers, and of the words of expressions. */
final class TextMutation {
    /** Around the bounds of names, keys, expressions and attribute names. */
    private static final List<Integer> LENGTHS =
            List.of(1, 2, 3, 255, 256, 1024, 1025, 2048, 2049, 4096, 4097, 65_535, 65_536, 410_000);

    private static final List<String> ODD =
            List.of(
                    "",
                    " ",
                    "\0",
                    "\ud800",
                    "\udfff\ud800",
                    "\ud83d\ude00",
                    "\ufeff",
                    "e\u0301",
                    "\u202e",
                    "../../etc/passwd",
                    "%s%n%x",
                    "'; --",
                    "select",
                    "null",
                    "AA=",
                    "A===",
                    "*",
                    "arn:aws:dynamodb:::",
                    "arn:aws:dynamodb:us-east-1:000000000000:table/",
                    "arn:aws:dynamodb:us-east-1:999999999999:table/abc");

    private static final List<String> NUMBERS =
            List.of(
                    "0",
                    "-0",
                    "00001",
                    "1.",
                    ".5",
                    "+7",
                    " 1",
                    "1e",
                    "1e126",
                    "1e-131",
                    "9.9999999999999999999999999999999999999e125",
                    "123456789012345678901234567890123456789",
                    "1e999999999999",
                    "1e-2147483649",
                    "0x10",
                    "NaN",
                    "Infinity",
                    "1_000",
                    "\u0661");

    private static final List<String> WORDS =
            List.of(
                    "(",
                    ")",
                    ",",
                    "=",
                    "<>",
                    "<",
                    ">=",
                    "AND",
                    "OR",
                    "NOT",
                    "BETWEEN",
                    "IN",
                    "SET",
                    "REMOVE",
                    "ADD",
                    "DELETE",
                    "+",
                    "-",
                    ".",
                    "[",
                    "]",
                    "[0]",
                    "[-1]",
                    "[99999999999]",
                    "#",
                    ":",
                    "#t",
                    ":p",
                    ":n",
                    "#none",
                    ":none",
                    "size(n)",
                    "pk",
                    "sk",
                    "n",
                    "m.a.b",
                    "attribute_exists(pk)",
                    "begins_with(pk, :p)",
                    "list_append(l, l)",
                    "\u00e4",
                    "\"");

    private final Choice choice;

    TextMutation(Choice choice) {
        this.choice = choice;
    }

    String change(String text) {
        return switch (choice.below(6)) {
            case 0 -> choice.of(ODD);
            case 1 -> choice.of(NUMBERS);
            case 2 -> (text.isEmpty() ? "a" : text.substring(0, 1)).repeat(choice.of(LENGTHS));
            case 3 -> insert(text, choice.of(ODD));
            default -> words(text);
        };
    }

    private String insert(String text, String part) {
        int at = choice.below(text.length() + 1);
        return text.substring(0, at) + part + text.substring(at);
    }

    /** Leaves out, repeats, or replaces a word, or wraps some in parentheses. */
    private String words(String text) {
        List<String> words = new ArrayList<>(List.of(text.split("(?<=\\W)|(?=\\W)", -1)));
        int at = choice.below(words.size());
        switch (choice.below(5)) {
            case 0 -> words.remove(at);
            case 1 -> words.add(at, words.get(choice.below(words.size())));
            case 2 -> words.set(at, " " + choice.of(WORDS) + " ");
            case 3 -> words.add(at, " " + choice.of(WORDS) + " ");
            default -> {
                int depth = choice.oneIn(4) ? 2_000 : 1 + choice.below(3);
                words.add(at, "(".repeat(depth));
                words.add(choice.below(words.size() + 1), ")".repeat(depth));
            }
        }
        return String.join("", words);
    }
}
