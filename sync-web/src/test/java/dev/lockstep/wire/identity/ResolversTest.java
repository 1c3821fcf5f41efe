package dev.lockstep.wire.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Caller;
import dev.lockstep.api.identity.Credentials;
import dev.lockstep.api.identity.Identity;
import dev.lockstep.api.identity.IdentityResolver;
import dev.lockstep.api.identity.RequestClaims;
import dev.lockstep.wire.identity.Resolvers.Identified;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ResolversTest {
    private static final Credentials SENT = new Credentials(
            "workshop", false, Map.of("Authorization", List.of("Basic eDp5")), Map.of("c", "secret"), Map.of());
    private static final IdentityResolver BLIND = sent -> new Identity.None();
    private static final Identity.Known ALICE = known("alice");

    private static Identity.Known known(String subject) {
        return new Identity.Known(new Caller("workshop", Optional.of(subject), Map.of(), Optional.empty()));
    }

    private static Identity identity(IdentityResolver... inOrder) {
        return Resolvers.identify(List.of(inOrder), SENT, known -> true).identity();
    }

    @Test
    @Tag("ID1")
    @DisplayName("[ID1] the first resolver that knows the caller decides; an unknown caller is anonymous")
    void first() {
        assertThat(identity(BLIND, sent -> ALICE, sent -> known("bob"))).isEqualTo(ALICE);
        assertThat(identity(BLIND, BLIND)).isEqualTo(new Identity.None());
        assertThat(identity()).isEqualTo(new Identity.None());
    }

    @Test
    @Tag("ID2")
    @DisplayName("[ID2] the first resolver that refuses decides, too: no later one runs")
    void refused() {
        assertThat(identity(BLIND, sent -> Identity.refused(), sent -> ALICE)).isEqualTo(Identity.refused());
    }

    @Test
    @Tag("ID11")
    @DisplayName("[ID11] an identity that is known but no longer valid is refused")
    void ended() {
        assertThat(Resolvers.identify(List.of(sent -> ALICE), SENT, known -> false))
                .isEqualTo(new Identified(Identity.refused(), true));
    }

    @Test
    @Tag("ID18")
    @DisplayName("[ID18] claims of the request are added; those of the identity win, and expiry, issue and key stay")
    void claimsOfTheRequest() {
        Instant time = Instant.parse("2026-11-30T12:00:00Z");
        Identity.Known known = new Identity.Known(
                new Caller("workshop", Optional.of("alice"), Map.of("role", "reader"), Optional.of(time)),
                Optional.of(time),
                Optional.of("k1"));
        RequestClaims ofCookie =
                (request, caller) -> Map.of("colour", request.cookie("c").orElseThrow(), "role", "admin");
        RequestClaims ofCaller =
                (request, caller) -> Map.of("named", caller.subject().orElseThrow());

        assertThat(Resolvers.withClaims(known, List.of(ofCookie, ofCaller), SENT))
                .isEqualTo(new Identity.Known(
                        new Caller(
                                "workshop",
                                Optional.of("alice"),
                                Map.of("role", "reader", "colour", "secret", "named", "alice"),
                                Optional.of(time)),
                        Optional.of(time),
                        Optional.of("k1")));
        assertThat(Resolvers.withClaims(known, List.of(), SENT)).isSameAs(known);
    }

    @Test
    @Tag("ID12")
    @DisplayName("[ID12] credentials are not printed, and headers are found in any case")
    void silent() {
        assertThat(SENT.toString()).doesNotContain("secret").doesNotContain("eDp5");
        assertThat(SENT.header("authorization")).contains("Basic eDp5");
        assertThat(Authorization.of(SENT, "basic")).contains("eDp5");
        assertThat(Authorization.of(SENT, "Bearer")).isEmpty();
    }

    @Test
    @Tag("ID8")
    @DisplayName("[ID8] query parameters are decoded once; a repeated parameter becomes one invalid value")
    void parameters() {
        Credentials twice = new Credentials(
                "workshop",
                true,
                Map.of(),
                Map.of(),
                RequestCredentials.parameters("ticket=a%2Bb&x&ticket=c&=y&z=%zz"));

        assertThat(twice.parameter("ticket")).contains("a+b, c");
        assertThat(twice.parameter("z")).contains("%zz");
        assertThat(twice.parameter("x")).isEmpty();
    }
}
