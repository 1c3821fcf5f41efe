package dev.lockstep.wire.http;

import java.util.concurrent.CompletionStage;

/** The parts of a response that are read while it is sent. */
@FunctionalInterface
public interface ResponseParts {
    /**
     * Begins to read the next part; an empty one is the end. Never blocks. Called again only when the stage is complete. A
     * stage that fails truncates the response.
     */
    CompletionStage<byte[]> next();

    /** The media type of the response. */
    default String type() {
        return ResponseSender.JSON;
    }
}
