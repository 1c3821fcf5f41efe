package dev.lockstep.wire.livestore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.collection.Misconfiguration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class OperatorKeyTest {
    private static final String KEY = "0123456789abcdef0123456789abcdef";

    @Test
    @Tag("OPS13")
    @DisplayName("[OPS13] only the whole key as a bearer token is the key, and without a configured key nothing is")
    void keys() {
        OperatorKey key = OperatorKey.of(Optional.of(KEY));

        assertThat(key.isIn("Bearer " + KEY)).isTrue();
        assertThat(key.isIn("bearer  " + KEY)).isTrue();
        for (String other : Arrays.asList(
                null,
                "",
                "Bearer",
                "Bearer ",
                KEY,
                "Basic " + KEY,
                "Bearer " + KEY + "0",
                "Bearer " + KEY.substring(1))) {
            assertThat(key.isIn(other)).isFalse();
        }
        assertThat(OperatorKey.of(Optional.<String>empty()).isIn("Bearer ")).isFalse();
        assertThat(OperatorKey.of(Optional.<String>empty()).isConfigured()).isFalse();
    }

    @Test
    @Tag("OPS13")
    @DisplayName("[OPS13] a short key fails the deployment, and no text reveals a key")
    void texts() {
        String shorter = KEY.substring(1);

        assertThatThrownBy(() -> OperatorKey.of(Optional.of(shorter)))
                .isInstanceOf(Misconfiguration.class)
                .hasMessage("lockstep.operator.key is shorter than 32 characters: set a long random text.")
                .hasMessageNotContaining(shorter);
        assertThat(OperatorKey.of(Optional.of(KEY)).toString()).doesNotContain(KEY);
    }
}
