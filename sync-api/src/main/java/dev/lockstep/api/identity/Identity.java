package dev.lockstep.api.identity;

import dev.lockstep.api.Caller;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import java.time.Instant;
import java.util.Optional;

/** The result of an {@link IdentityResolver}. */
public sealed interface Identity {
    /**
     * The credentials are valid.
     *
     * @param issued the time of issue; empty if the credential was looked up just now. An identity that was issued before
     *     {@link Callers#revoked} is refused
     * @param key the id of the key that signed the credential, as in the server's token verifier; empty without a key.
     *     The identity ends when its key is withdrawn
     */
    record Known(Caller caller, Optional<Instant> issued, Optional<String> key) implements Identity {
        /** A caller with a credential that was looked up just now. */
        public Known(Caller caller) {
            this(caller, Optional.empty(), Optional.empty());
        }
    }

    /** The request has no credentials for this resolver; the next resolver is asked. */
    record None() implements Identity {}

    /**
     * The credentials are invalid: the answer is 401, and no other resolver is asked.
     *
     * @param refusal never contains the reason, because an attacker could learn from it
     * @param challenge the value of the header {@code WWW-Authenticate}, if one is sent
     */
    record Refused(Refusal refusal, Optional<String> challenge) implements Identity {}

    /** A refusal without a reason. */
    static Identity refused() {
        return refused(Optional.empty());
    }

    /** A refusal without a reason, with a challenge. */
    static Identity refused(Optional<String> challenge) {
        return new Refused(new Refusal(ErrorCode.UNAUTHENTICATED, "Unauthorized"), challenge);
    }
}
