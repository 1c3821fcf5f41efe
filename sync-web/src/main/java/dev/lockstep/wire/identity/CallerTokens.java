package dev.lockstep.wire.identity;

import dev.lockstep.api.identity.Identity;

/** Knows callers by tokens that do not come in the header of a request: in a frame, say. Thread-safe. */
public interface CallerTokens {
    /** Who presents this bearer token to the served application, as its resolvers say in their order. May block. */
    Identity identify(String token);
}
