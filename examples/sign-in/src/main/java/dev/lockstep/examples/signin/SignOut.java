package dev.lockstep.examples.signin;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Makes a browser forget the password that it sends by itself: HTTP Basic has no other way to sign out. A browser drops
 * a password that is challenged, so the page requests this address once more, with a wrong one. The page itself is not
 * challenged, or the browser would ask for a password before it shows it.
 */
@WebServlet("/logout")
public class SignOut extends HttpServlet {
    /** The query of the request that is challenged. */
    private static final String FORGET = "forget";

    private static final String CHALLENGE = "Basic realm=\"Secure Area\"";

    private static final String SCRIPT = """
            const request = new XMLHttpRequest();
            request.open('GET', 'logout?forget', true, 'nobody', 'nothing');
            request.onloadend = () => location.replace('./');
            request.send();
            """;

    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <meta name="color-scheme" content="light dark">
              <title>Signed out</title>
              <script>%s</script>
            </head>
            <body>
              <p>You are signed out. <a href="./">Sign in again</a></p>
              <noscript><p>Without scripts, close the browser: it keeps the password until then.</p></noscript>
            </body>
            </html>
            """.formatted(SCRIPT);

    private static final String POLICY =
            "default-src 'none'; connect-src 'self'; base-uri 'none'; script-src 'sha256-" + sha256(SCRIPT) + "'";

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getParameter(FORGET) != null) {
            response.setHeader("WWW-Authenticate", CHALLENGE);
        }
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Content-Security-Policy", POLICY);
        response.setContentType("text/html");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter().write(PAGE);
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
