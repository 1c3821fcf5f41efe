package dev.lockstep.wire.identity.jwt;

import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key, and the one algorithm that it is for: nothing in a token may choose another.
 *
 * @param name tells it from others and gives nothing of it away
 * @param id by which a token may name it, {@code kid}
 */
record VerificationKey(String name, String algorithm, Optional<String> id, Key key) {
    static final String HS256 = "HS256";
    static final String RS256 = "RS256";
    static final String ES256 = "ES256";
    static final String ES384 = "ES384";

    static VerificationKey secret(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        return new VerificationKey(name(bytes), HS256, Optional.empty(), new SecretKeySpec(bytes, "HmacSHA256"));
    }

    static VerificationKey of(String algorithm, Key publicKey, Optional<String> id) {
        return new VerificationKey(name(publicKey.getEncoded()), algorithm, id, publicKey);
    }

    /** Whether it may have signed a token that says this of its key. */
    boolean fits(String wanted, Optional<String> wantedId) {
        return algorithm.equals(wanted) && (wantedId.isEmpty() || id.isEmpty() || id.equals(wantedId));
    }

    // Not the plain hash, which others may have made of the same secret.
    private static String name(byte[] key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("lockstep key name".getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest.digest(key), 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return algorithm + " " + name;
    }
}
