package dev.stator.server.auth;

import dev.stator.model.error.ApiException;

/** A credential taken apart: keyid/date/region/service/terminator. */
record CredentialScope(
        String accessKeyId, String date, String region, String service, String terminator) {
    private static final int SLASHES = 4;

    static CredentialScope parse(String credential) {
        int end = credential.length();
        while (end > 0 && credential.charAt(end - 1) == '/') {
            end--;
        }
        int[] slashes = new int[SLASHES];
        int last = -1;
        for (int i = 0; i < SLASHES; i++) {
            last = credential.indexOf('/', last + 1);
            if (last < 0 || last >= end) {
                throw malformed(credential);
            }
            slashes[i] = last;
        }
        if (credential.lastIndexOf('/', end - 1) != last) {
            throw malformed(credential);
        }
        return new CredentialScope(
                credential.substring(0, slashes[0]),
                credential.substring(slashes[0] + 1, slashes[1]),
                credential.substring(slashes[1] + 1, slashes[2]),
                credential.substring(slashes[2] + 1, slashes[3]),
                credential.substring(slashes[3] + 1, end));
    }

    private static ApiException malformed(String credential) {
        return Signature.incomplete(
                "Credential must have exactly 5 slash-delimited elements, e.g."
                        + " keyid/date/region/service/term, got '"
                        + credential
                        + "'");
    }

    @Override
    public String toString() {
        return date + "/" + region + "/" + service + "/" + terminator;
    }
}
