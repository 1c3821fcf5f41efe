package dev.lockstep.wire.identity;

import dev.lockstep.api.identity.Identity;

/** Authentication by a token that does not come in a request's header, but in a frame for example. Thread-safe. */
public interface CallerTokens {
    /** The identity of a bearer token in the served application, by its resolvers in order. May block. */
    Identity identify(String token);
}
