package dev.lockstep.system.outage;

import dev.lockstep.system.client.BroadcastSocket;
import dev.lockstep.system.client.Frame;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The reply to a request.
 *
 * @param isDone whether the request was executed; else it was refused as unavailable
 */
record Reply(boolean isDone, String text) {
    /** Traces of SQL, of a driver, or of a stack. */
    private static final Pattern LEAK =
            Pattern.compile("(?i)sql|jdbc|hibernate|ironjacamar|\\bselect\\b|\\binsert into\\b|Exception|\\tat ");

    /** Checks a response: it is the result, or 503 with the stable code and without internals. */
    static Reply of(HttpResponse<byte[]> response) {
        String body = new String(response.body(), StandardCharsets.UTF_8);
        if (response.statusCode() / 100 == 2) {
            return new Reply(true, body);
        }
        if (response.statusCode() != 503
                || response.headers().firstValue("Retry-After").isEmpty()
                || !body.contains("\"error\"")) {
            throw new AssertionError("neither a result nor a refusal as unavailable: " + response + ": "
                    + response.headers().map() + ": " + body);
        }
        return refused(body);
    }

    static Reply done(Frame frame) {
        return new Reply(true, frame.text());
    }

    static Reply refused(String text) {
        if (LEAK.matcher(text).find()) {
            throw new AssertionError("a refusal with internals: " + text);
        }
        return new Reply(false, text);
    }

    /** The end of a socket that cannot be served. */
    static Reply refused(BroadcastSocket socket, int... codes) {
        BroadcastSocket.Closed closed = socket.closed();
        for (int code : codes) {
            if (code == closed.code()) {
                return refused(closed.reason());
            }
        }
        throw new AssertionError("closed with another code: " + closed);
    }
}
