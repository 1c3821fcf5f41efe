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
 * Key with its only algorithm, so that a token cannot select another one.
 *
 * @param name an identifier that reveals nothing of the key
 * @param id the key's {@code kid} in tokens
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

    /** Whether the key may have signed a token with this algorithm and {@code kid}. */
    boolean fits(String wanted, Optional<String> wantedId) {
        return algorithm.equals(wanted) && (wantedId.isEmpty() || id.isEmpty() || id.equals(wantedId));
    }

    // Not the plain hash, which other software may publish for the same secret.
    private static String name(byte[] key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("lockstep key name".getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest.digest(key), 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A text without the key material. */
    @Override
    public String toString() {
        return algorithm + " " + name;
    }
}
