package dev.lockstep.wire.livestore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Caller;
import dev.lockstep.api.hook.StoreRequest;
import dev.lockstep.api.identity.Identity;
import dev.lockstep.wire.livestore.rpc.StoreAddress;
import dev.lockstep.wire.livestore.rpc.StoreAddress.Transport;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadIdentityTest {
    private static final Caller ALICE = new Caller("notes", Optional.of("alice"), Map.of(), Optional.empty());

    private final PayloadIdentity payloads = with(Optional.of("secret"));

    private static PayloadIdentity with(Optional<String> secret) {
        return new PayloadIdentity(
                new LiveStoreSettings(Set.of(Transport.WS), false, Map.of(), Set.of(), "authToken", secret), "notes");
    }

    private static StoreAddress address(String payload) {
        String twice = URLEncoder.encode(
                URLEncoder.encode(payload, StandardCharsets.UTF_8).replace("+", "%20"), StandardCharsets.UTF_8);
        return StoreAddress.of("storeId=s&payload=" + twice + "&transport=ws").orElseThrow();
    }

    @Test
    @Tag("LS10")
    @DisplayName("[LS10] a token in the payload counts, unless it is the shared secret")
    void token() {
        assertThat(payloads.token(Optional.of(address("{\"authToken\":\"jwt\"}"))))
                .contains("jwt");
        assertThat(payloads.token(Optional.of(address("{\"authToken\":\"secret\"}"))))
                .isEmpty();
        assertThat(payloads.token(Optional.of(address("{\"authToken\":7}")))).isEmpty();
        assertThat(payloads.token(Optional.of(address("\"secret\"")))).isEmpty();
        assertThat(payloads.token(Optional.empty())).isEmpty();
    }

    @Test
    @Tag("LS10")
    @DisplayName("[LS10] the shared secret makes a caller without a subject and with a role")
    void secret() {
        Identity.Known known =
                payloads.bySecret(address("{\"authToken\":\"secret\"}")).orElseThrow();
        assertThat(known.caller().subject()).isEmpty();
        assertThat(known.caller().claims()).isEqualTo(Map.of("groups", List.of(StoreRequest.SECRET_ROLE)));
        assertThat(payloads.bySecret(address("{\"authToken\":\"secre\"}"))).isEmpty();
        assertThat(payloads.bySecret(address("{}"))).isEmpty();
        assertThat(with(Optional.empty()).bySecret(address("{\"authToken\":\"\"}")))
                .isEmpty();
    }

    @Test
    @Tag("LS10")
    @DisplayName("[LS10] where there is a secret, an unknown token is wrong; elsewhere the application may know it")
    void wrongSecret() {
        Optional<StoreAddress> other = Optional.of(address("{\"authToken\":\"other\"}"));
        assertThat(payloads.hasWrongSecret(other)).isTrue();
        assertThat(payloads.hasWrongSecret(Optional.of(address("{\"authToken\":\"secret\"}"))))
                .isFalse();
        assertThat(payloads.hasWrongSecret(Optional.of(address("{}")))).isFalse();
        assertThat(with(Optional.empty()).hasWrongSecret(other)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"sub\":\"alice\"}", "{\"userId\":\"alice\",\"sub\":null}", "[\"sub\"]", "null"})
    @Tag("LS10")
    @DisplayName("[LS10] a payload may name the caller, or nobody")
    void sameUser(String payload) {
        assertThat(payloads.refuses(address(payload), ALICE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"sub\":\"bob\"}", "{\"userId\":\"bob\",\"sub\":\"alice\"}", "{\"sub\":7}", "{\"sub\":\"\"}"})
    @Tag("LS10")
    @DisplayName("[LS10] a payload that names another user is refused")
    void otherUser(String payload) {
        assertThat(payloads.refuses(address(payload), ALICE)).isPresent();
        assertThat(payloads.refuses(address(payload), Caller.anonymous("notes")))
                .isPresent();
    }
}
