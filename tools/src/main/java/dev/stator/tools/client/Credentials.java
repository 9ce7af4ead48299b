package dev.stator.tools.client;

/** Who signs requests, and for which service of which region. */
public record Credentials(String accessKeyId, String secret, String region, String service) {
    /** Without the secret. */
    @Override
    public String toString() {
        return "Credentials[" + accessKeyId + " " + region + "/" + service + "]";
    }
}
