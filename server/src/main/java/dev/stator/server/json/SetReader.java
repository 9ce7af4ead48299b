package dev.stator.server.json;

import dev.stator.model.AttributeValue;
import dev.stator.model.Bytes;
import dev.stator.model.DecimalNumber;
import dev.stator.model.Utf8;
import dev.stator.model.error.Messages;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads the three kinds of sets. Sets are never empty, and no member comes twice, numbers being
 * compared by value.
 */
final class SetReader {
    private final RequestReader in;
    private final ValueErrors errors;

    SetReader(RequestReader in, ValueErrors errors) {
        this.in = in;
        this.errors = errors;
    }

    AttributeValue strings() {
        List<String> sent =
                members("An string set may not have a null string as a member", in::string);
        if (sent.isEmpty()) {
            errors.add(Messages.EMPTY_STRING_SET);
        }
        LinkedHashSet<String> members = new LinkedHashSet<>(sent);
        if (members.size() < sent.size()) {
            errors.add(
                    Messages.INVALID_PARAMETERS
                            + "Input collection "
                            + show(sent)
                            + " contains duplicates.");
        }
        return new AttributeValue.StringSet(members);
    }

    AttributeValue numbers() {
        List<DecimalNumber> sent =
                members(
                        "An number set may not have a null string as a member",
                        () -> NumberReader.parse(in.string(), errors));
        if (sent.isEmpty()) {
            errors.add(Messages.EMPTY_NUMBER_SET);
        }
        LinkedHashSet<DecimalNumber> members = new LinkedHashSet<>(sent);
        if (members.size() < sent.size()) {
            boolean older = errors.wording().isOlder();
            errors.add(
                    older
                            ? Messages.DUPLICATE_NUMBERS
                            : Messages.INVALID_PARAMETERS + Messages.DUPLICATE_NUMBERS + ".");
        }
        return new AttributeValue.NumberSet(members);
    }

    AttributeValue binaries() {
        List<Bytes> sent = members("Binary sets may not contain null or empty values", in::blob);
        if (sent.isEmpty()) {
            errors.add(Messages.EMPTY_BINARY_SET);
        }
        LinkedHashSet<Bytes> members = new LinkedHashSet<>(sent);
        if (members.size() < sent.size()) {
            // There is no blank before "of" in the service's message either.
            errors.add(
                    Messages.INVALID_PARAMETERS
                            + "Input collection "
                            + showBinary(sent)
                            + "of type BS contains duplicates.");
        }
        return new AttributeValue.BinarySet(members);
    }

    private <T> List<T> members(String nullMember, Supplier<T> read) {
        in.beginList();
        List<T> members = new ArrayList<>();
        while (in.nextElement()) {
            if (in.isNull()) {
                errors.add(Messages.INVALID_PARAMETERS + nullMember);
            } else {
                members.add(read.get());
            }
        }
        return members;
    }

    private String show(List<String> sent) {
        return errors.wording().isOlder()
                ? show(sent, ", ", Function.identity())
                : show(sortedToRepeat(sent, Utf8::compare), ", ", text -> '"' + text + '"');
    }

    private String showBinary(List<Bytes> sent) {
        return errors.wording().isOlder()
                ? show(sent, ", ", SetReader::base64)
                : show(
                        sortedToRepeat(sent, Comparator.naturalOrder()),
                        ",",
                        bytes -> '"' + base64(bytes) + '"');
    }

    private static <T> String show(List<T> members, String separator, Function<T, String> form) {
        return "[" + String.join(separator, members.stream().map(form).toList()) + "]";
    }

    private static String base64(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.unsafeArray());
    }

    /**
     * The newer wording lists what came before the first repeat in order, then the rest as sent.
     */
    private static <T> List<T> sortedToRepeat(List<T> sent, Comparator<T> order) {
        Set<T> seen = new LinkedHashSet<>();
        int repeat = 0;
        while (seen.add(sent.get(repeat))) {
            repeat++;
        }
        List<T> shown = new ArrayList<>(seen);
        shown.sort(order);
        shown.addAll(sent.subList(repeat, sent.size()));
        return shown;
    }
}
