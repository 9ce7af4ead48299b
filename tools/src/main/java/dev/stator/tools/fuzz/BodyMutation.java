package dev.stator.tools.fuzz;

import dev.stator.tools.fuzz.Json.Arr;
import dev.stator.tools.fuzz.Json.Member;
import dev.stator.tools.fuzz.Json.Obj;
import dev.stator.tools.fuzz.Json.Raw;
import dev.stator.tools.fuzz.Json.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Changes of the shape of a request: of members, types, values, lengths and depth. */
final class BodyMutation {
    private static final List<String> TYPES =
            List.of("S", "N", "B", "BOOL", "NULL", "M", "L", "SS", "NS", "BS", "X", "");

    private static final List<String> LITERALS =
            List.of(
                    "null",
                    "true",
                    "false",
                    "0",
                    "-1",
                    "1.5",
                    "2147483647",
                    "2147483648",
                    "9223372036854775808",
                    "1e400",
                    "-0.0",
                    "NaN",
                    "tru",
                    "01",
                    "[]",
                    "{}",
                    "\"\"",
                    "[null]",
                    "{\"S\":null}",
                    "{\"\":\"\"}");

    /** Deeper than any value may be, and than a parser should follow. */
    private static final List<Integer> DEPTHS = List.of(1, 15, 31, 32, 33, 100, 1_000, 20_000);

    private final Choice choice;
    private final TextMutation texts;
    private final List<Json> donors;

    /**
     * @param donors other requests, parts of which are put in
     */
    BodyMutation(Choice choice, List<Json> donors) {
        this.choice = choice;
        this.texts = new TextMutation(choice);
        this.donors = donors;
    }

    /** Leaves out members that need not be there, each with an even chance. */
    Json subset(Json body, List<String> required) {
        if (!(body instanceof Obj(List<Member> members))) {
            return body;
        }
        List<Member> kept = new ArrayList<>(members);
        kept.removeIf(member -> !required.contains(member.name()) && choice.oneIn(2));
        return new Obj(kept);
    }

    /** Changes one value somewhere in the tree. */
    Json change(Json value) {
        boolean here = choice.oneIn(4);
        return switch (value) {
            case Obj(List<Member> members) when !members.isEmpty() && !here -> {
                int at = choice.below(members.size());
                List<Member> changed = new ArrayList<>(members);
                Member member = members.get(at);
                changed.set(at, new Member(member.name(), change(member.value())));
                yield new Obj(changed);
            }
            case Arr(List<Json> elements) when !elements.isEmpty() && !here -> {
                List<Json> changed = new ArrayList<>(elements);
                int at = choice.below(elements.size());
                changed.set(at, change(elements.get(at)));
                yield new Arr(changed);
            }
            default -> replace(value);
        };
    }

    private Json replace(Json value) {
        return switch (choice.below(8)) {
            case 0 -> new Raw(choice.of(LITERALS));
            case 1 -> deeper(value);
            case 2 -> part(choice.of(donors));
            default ->
                    switch (value) {
                        case Obj(List<Member> members) -> members(new ArrayList<>(members));
                        case Arr(List<Json> elements) -> elements(new ArrayList<>(elements));
                        case Text(String text) -> new Text(texts.change(text));
                        case Raw _ -> new Raw(choice.of(LITERALS));
                    };
        };
    }

    private Json members(List<Member> members) {
        if (members.isEmpty()) {
            members.add(new Member(choice.of(TYPES), new Raw(choice.of(LITERALS))));
            return new Obj(members);
        }
        int at = choice.below(members.size());
        Member member = members.get(at);
        switch (choice.below(6)) {
            case 0 -> members.remove(at);
            case 1 -> members.add(member);
            case 2 -> members.add(new Member(member.name(), new Raw(choice.of(LITERALS))));
            case 3 -> members.set(at, new Member(renamed(member.name()), member.value()));
            case 4 -> members.set(at, new Member(choice.of(TYPES), member.value()));
            default -> members.add(new Member(choice.of(TYPES), new Text(texts.change("value"))));
        }
        return new Obj(members);
    }

    private String renamed(String name) {
        return choice.oneIn(2) ? name.toLowerCase(Locale.ROOT) : texts.change(name);
    }

    private Json elements(List<Json> elements) {
        switch (choice.below(4)) {
            case 0 -> elements.clear();
            case 1 -> elements.add(new Raw(choice.of(LITERALS)));
            case 2 -> Collections.reverse(elements);
            default -> {
                if (!elements.isEmpty()) {
                    elements.addAll(Collections.nCopies(1 + choice.below(120), elements.getLast()));
                }
            }
        }
        return new Arr(elements);
    }

    private Json deeper(Json value) {
        int depth = choice.of(DEPTHS);
        StringBuilder inner = new StringBuilder();
        value.write(inner);
        boolean maps = choice.oneIn(2);
        String open = maps ? "{\"M\":{\"k\":" : "{\"L\":[";
        String close = maps ? "}}" : "]}";
        if (choice.oneIn(3)) {
            open = "[";
            close = "]";
        }
        return new Raw(open.repeat(depth) + inner + close.repeat(depth));
    }

    private Json part(Json donor) {
        Json at = donor;
        while (!choice.oneIn(3)) {
            at =
                    switch (at) {
                        case Obj(List<Member> members) when !members.isEmpty() ->
                                choice.of(members).value();
                        case Arr(List<Json> elements) when !elements.isEmpty() ->
                                choice.of(elements);
                        case Json leaf -> leaf;
                    };
        }
        return at;
    }
}
