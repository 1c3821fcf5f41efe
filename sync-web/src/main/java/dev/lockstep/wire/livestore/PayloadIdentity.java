package dev.lockstep.wire.livestore;

import dev.lockstep.api.Caller;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.hook.StoreRequest;
import dev.lockstep.api.identity.Identity;
import dev.lockstep.wire.livestore.rpc.StoreAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The part of a client's payload that says who it is (rule LS10). Immutable. */
record PayloadIdentity(LiveStoreSettings settings, String application) {
    /** The members that may name the user. */
    private static final List<String> USER_MEMBERS = List.of("sub", "userId");

    /** The token in a payload; empty if there is none, or it is the shared secret. */
    Optional<String> token(Optional<StoreAddress> address) {
        return sentToken(address).filter(token -> !isSecret(token));
    }

    /** Whether a payload has a token that may be the shared secret, and is not. */
    boolean hasWrongSecret(Optional<StoreAddress> address) {
        return settings.secret().isPresent() && token(address).isPresent();
    }

    /** The identity of a client that sent the shared secret, a caller without a name; empty if it did not. */
    Optional<Identity.Known> bySecret(StoreAddress address) {
        return sentToken(Optional.of(address))
                .filter(this::isSecret)
                .map(secret -> new Identity.Known(new Caller(
                        application,
                        Optional.empty(),
                        Map.of("groups", List.of(StoreRequest.SECRET_ROLE)),
                        Optional.empty())));
    }

    private Optional<String> sentToken(Optional<StoreAddress> address) {
        return address.flatMap(StoreAddress::payload).flatMap(payload -> payload.text(settings.tokenMember()));
    }

    // Takes the same time wherever the token differs.
    private boolean isSecret(String token) {
        return settings.secret()
                .filter(secret -> MessageDigest.isEqual(
                        secret.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8)))
                .isPresent();
    }

    /** The refusal of a payload that names another user than the caller. */
    Optional<Refusal> refuses(StoreAddress address, Caller caller) {
        return address.payload().stream()
                        .flatMap(payload -> USER_MEMBERS.stream()
                                .filter(payload.members()::containsKey)
                                .map(member -> payload.members().get(member)))
                        .flatMap(Stream::ofNullable)
                        .allMatch(user ->
                                caller.subject().filter(user.toString()::equals).isPresent())
                ? Optional.empty()
                : Optional.of(Refusal.forbidden("Forbidden: the payload names another user than the token"));
    }
}
