package dev.lockstep.wire.identity;

import dev.lockstep.api.SyncException;
import dev.lockstep.wire.json.PlainJson;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Claims of a JSON Web Token with HS256 (RFC 7515, RFC 7518), for cookies whose claims are not those of a bearer token. Thread-safe.
 */
public final class SignedClaims {
    /** Longest token, in characters. A longer one is refused unread. */
    static final int TOKEN_CHARACTERS_MAX = 8 * 1024;

    private static final String HMAC = "HmacSHA256";

    private SignedClaims() {}

    /**
     * The claims of a token that one of the secrets signed. Its algorithm must be HS256 and its type JWT. The claims, also the
     * times, are not checked. Absent and null claims are the same.
     */
    public static Optional<Map<String, Object>> of(String token, List<String> secrets) {
        String[] parts = token.split("\\.", -1);
        if (token.length() > TOKEN_CHARACTERS_MAX || parts.length != 3) {
            return Optional.empty();
        }
        try {
            Map<String, Object> header = object(parts[0]);
            byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
            byte[] signed = token.substring(0, token.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
            boolean isSigned = "HS256".equals(header.get("alg"))
                    && "JWT".equals(header.get("typ"))
                    && !header.containsKey("crit")
                    && secrets.stream().anyMatch(secret -> MessageDigest.isEqual(signature, hmac(secret, signed)));
            return isSigned ? Optional.of(object(parts[1])) : Optional.empty();
        } catch (IllegalArgumentException | SyncException malformed) {
            return Optional.empty();
        }
    }

    private static Map<String, Object> object(String part) {
        String json = new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
        if (!(PlainJson.parse(json) instanceof Map<?, ?> members)) {
            throw new IllegalArgumentException("not an object");
        }
        Map<String, Object> present = new HashMap<>();
        members.forEach((name, value) -> {
            if (value != null) {
                present.put((String) name, value);
            }
        });
        return present;
    }

    private static byte[] hmac(String secret, byte[] signed) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
            return mac.doFinal(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("each Java runtime has " + HMAC, e);
        }
    }
}
