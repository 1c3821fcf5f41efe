package dev.lockstep.wire.identity.jwt;

import java.io.IOException;
import java.security.Key;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.keys.EcKeyUtil;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.RsaKeyUtil;
import org.jose4j.lang.JoseException;

/**
 * Public keys in a text: PEM, a JWK or a JWKS (RFC 7517). Loaded only if tokens are configured.
 *
 * @param usable keys of RSA (RS256) and of the curves P-256 (ES256) and P-384 (ES384), in their order
 * @param unusable {@code kid} and reason for each other key, for the log
 */
record PublicKeys(List<VerificationKey> usable, List<String> unusable) {
    /** Shortest RSA key (RFC 7518, section 3.3). */
    private static final int RSA_BITS_MIN = 2048;

    private static final String SET = "keys";

    /** @throws IOException if the text is none of these. An unusable key in a set is no reason */
    static PublicKeys of(String text) throws IOException {
        try {
            if (!text.strip().startsWith("{")) {
                return ofPem(text);
            }
            Map<String, Object> json = JsonUtil.parseJson(text);
            PublicKeys found = new PublicKeys(new ArrayList<>(), new ArrayList<>());
            if (!json.containsKey(SET)) {
                found.add(json);
            } else if (json.get(SET) instanceof List<?> keys) {
                keys.forEach(found::add);
            } else {
                throw new IOException("its member \"keys\" is not an array");
            }
            return found;
        } catch (JoseException | RuntimeException e) {
            throw new IOException("neither a PEM nor a JWK or a JWKS", e);
        }
    }

    private static PublicKeys ofPem(String text) throws IOException, JoseException {
        Key key;
        try {
            key = new RsaKeyUtil().fromPemEncoded(text);
        } catch (InvalidKeySpecException noRsa) {
            try {
                key = new EcKeyUtil().fromPemEncoded(text);
            } catch (InvalidKeySpecException e) {
                throw new IOException("a PEM whose key is neither RSA nor EC", e);
            }
        }
        Optional<String> algorithm = algorithm(key);
        return algorithm.isPresent()
                ? new PublicKeys(List.of(VerificationKey.of(algorithm.get(), key, Optional.empty())), List.of())
                : new PublicKeys(List.of(), List.of("the key of the PEM: " + unsupported(key)));
    }

    private void add(Object member) {
        if (!(member instanceof Map<?, ?> json)) {
            unusable.add("a member of the set that is not an object");
            return;
        }
        Optional<String> id = text(json, "kid");
        Optional<String> reason = addOrReason(json, id);
        reason.ifPresent(why -> unusable.add(id.map(kid -> "kid=" + kid).orElse("a key without kid") + ": " + why));
    }

    /** Adds the key if it is usable, else returns the reason. */
    private Optional<String> addOrReason(Map<?, ?> json, Optional<String> id) {
        Optional<String> use = text(json, "use");
        if (use.isPresent() && !use.get().equals("sig")) {
            return Optional.of("its use is '" + use.get() + "', not 'sig'");
        }
        if (json.get("key_ops") instanceof List<?> operations && !operations.contains("verify")) {
            return Optional.of("its key_ops are " + operations + ", without 'verify'");
        }
        Optional<String> type = text(json, "kty");
        if (type.filter("oct"::equals).isPresent()) {
            return Optional.of("it is a secret: move it to lockstep.jwt.secrets.location");
        }
        if (type.filter(List.of("RSA", "EC")::contains).isEmpty()) {
            return Optional.of("its kty is '" + type.orElse("") + "': RSA and EC are supported");
        }
        Key key;
        try {
            key = JsonWebKey.Factory.newJwk(JsonUtil.toJson(plain(json))).getKey();
        } catch (JoseException | RuntimeException e) {
            return Optional.of("it cannot be read (" + e.getMessage() + ")");
        }
        Optional<String> algorithm = algorithm(key);
        if (algorithm.isEmpty()) {
            return Optional.of(unsupported(key));
        }
        Optional<String> named = text(json, "alg");
        if (named.isPresent() && !named.equals(algorithm)) {
            return Optional.of("its alg is '" + named.get() + "': such a key is supported for " + algorithm.get());
        }
        usable.add(VerificationKey.of(algorithm.get(), key, id));
        return Optional.empty();
    }

    @SuppressWarnings("unchecked") // keys of JSON objects are texts
    private static Map<String, Object> plain(Map<?, ?> json) {
        return (Map<String, Object>) json;
    }

    private static Optional<String> text(Map<?, ?> json, String name) {
        return json.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** The only algorithm that is accepted with a key. */
    private static Optional<String> algorithm(Key key) {
        if (key instanceof RSAPublicKey rsa) {
            return rsa.getModulus().bitLength() < RSA_BITS_MIN ? Optional.empty() : Optional.of(VerificationKey.RS256);
        }
        String curve = key instanceof ECPublicKey ec
                ? String.valueOf(EllipticCurves.getName(ec.getParams().getCurve()))
                : "";
        return switch (curve) {
            case EllipticCurves.P_256 -> Optional.of(VerificationKey.ES256);
            case EllipticCurves.P_384 -> Optional.of(VerificationKey.ES384);
            default -> Optional.empty();
        };
    }

    private static String unsupported(Key key) {
        return key instanceof RSAPublicKey rsa
                ? "it has " + rsa.getModulus().bitLength() + " bits: " + RSA_BITS_MIN + " are needed"
                : "its curve is not supported: P-256 and P-384 are";
    }
}
