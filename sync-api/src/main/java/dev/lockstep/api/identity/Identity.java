package dev.lockstep.api.identity;

import dev.lockstep.api.Caller;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import java.time.Instant;
import java.util.Optional;

/** What an {@link IdentityResolver} makes of a request. */
public sealed interface Identity {
    /**
     * It knows the caller.
     *
     * @param issued since when the credential speaks for them; empty if it was looked up just now. What was issued
     *     before {@link Callers#revoked} is not taken any more
     * @param key names the key that vouches for the credential, as the server's token verifier does; empty if none does.
     *     The identity ends with its key
     */
    record Known(Caller caller, Optional<Instant> issued, Optional<String> key) implements Identity {
        /** A caller whose credential was looked up just now. */
        public Known(Caller caller) {
            this(caller, Optional.empty(), Optional.empty());
        }
    }

    /** There is nothing in the request that it reads: the next one is asked. */
    record None() implements Identity {}

    /**
     * There is something in the request, and it is wrong: 401, and nobody else is asked.
     *
     * @param refusal is never to say why: who tries doors learns from it
     * @param challenge the value of the header {@code WWW-Authenticate}, if there is to be one
     */
    record Refused(Refusal refusal, Optional<String> challenge) implements Identity {}

    /** A refusal that tells nothing. */
    static Identity refused() {
        return refused(Optional.empty());
    }

    /** The same, with a challenge. */
    static Identity refused(Optional<String> challenge) {
        return new Refused(new Refusal(ErrorCode.UNAUTHENTICATED, "Unauthorized"), challenge);
    }
}
