package dev.stator.server.auth;

import java.util.ArrayList;
import java.util.List;

/** A credential taken apart: keyid/date/region/service/terminator. */
record CredentialScope(
        String accessKeyId, String date, String region, String service, String terminator) {
    private static final int ELEMENTS = 5;

    static CredentialScope parse(String credential) {
        List<String> elements = new ArrayList<>(ELEMENTS);
        int end = credential.length();
        while (end > 0 && credential.charAt(end - 1) == '/') {
            end--;
        }
        int at = 0;
        while (at <= end && elements.size() <= ELEMENTS) {
            int slash = credential.indexOf('/', at);
            slash = slash < 0 || slash > end ? end : slash;
            elements.add(credential.substring(at, slash));
            at = slash + 1;
        }
        if (elements.size() != ELEMENTS) {
            throw Signature.incomplete(
                    "Credential must have exactly 5 slash-delimited elements, e.g."
                            + " keyid/date/region/service/term, got '"
                            + credential
                            + "'");
        }
        return new CredentialScope(
                elements.get(0),
                elements.get(1),
                elements.get(2),
                elements.get(3),
                elements.get(4));
    }

    @Override
    public String toString() {
        return date + "/" + region + "/" + service + "/" + terminator;
    }
}
