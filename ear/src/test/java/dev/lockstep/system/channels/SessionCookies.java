package dev.lockstep.system.channels;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Session cookies, signed as the original's servers sign them. */
public final class SessionCookies {
    /** The servers' secret in tests. */
    public static final String SECRET = "the-secret-of-session-cookies-in-tests";

    private static final int LIFETIME_SECONDS = 3600;

    private SessionCookies() {}

    /** The headers of a handshake with the cookie of a user, in the format of 2.0: names and values in turn. */
    public static List<String> of(URI application, String user) {
        long now = Instant.now().getEpochSecond();
        return headers(
                application,
                token(
                        "{\"v\":2,\"subject\":\"" + user + "\",\"user\":{\"id\":\"" + user
                                + "\"},\"claims\":{},\"iat\":" + now + ",\"exp\":" + (now + LIFETIME_SECONDS) + "}",
                        SECRET));
    }

    /** The headers of a handshake with a cookie, from a page of the server's own origin. */
    public static List<String> headers(URI application, String cookie) {
        String root = application.resolve("/").toString();
        return List.of("Cookie", "sf_session=" + cookie, "Origin", root.substring(0, root.length() - 1));
    }

    /** A JWT with these claims, by HS256. */
    public static String token(String claims, String secret) {
        String signed = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + base64(claims);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return signed + "."
                    + Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
