package dev.lockstep.odd.oracle;

import dev.lockstep.system.client.Answer;
import dev.lockstep.system.client.Api;

/** A request as it is sent. An empty body stands for none. */
record Request(String method, String path, String body) {
    private static final int SHOWN_CHARACTERS_MAX = 2_000;

    Answer sendTo(Api api) {
        return body.isEmpty() ? api.sendNothing(method, path) : api.send(method, path, body);
    }

    @Override
    public String toString() {
        String shown = body.length() > SHOWN_CHARACTERS_MAX
                ? body.substring(0, SHOWN_CHARACTERS_MAX) + "... (" + body.length() + " characters)"
                : body;
        return method + " " + path + (shown.isEmpty() ? "" : " " + shown);
    }
}
