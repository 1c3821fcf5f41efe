package dev.lockstep.wire.livestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.collection.Misconfiguration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("LS1")
class StoreNamePatternTest {
    static class AnyName extends LiveStoreApi {}

    @StoreNamePattern("[a-z]+")
    static class Letters extends LiveStoreApi {}

    @StoreNamePattern("[a-z")
    static class Broken extends LiveStoreApi {}

    @Test
    @Tag("LS1")
    @DisplayName("[LS1] without a pattern, any text is a name, also one of several lines")
    void withoutPattern() {
        assertThat("a store\n(the second)").matches(LiveStoreApi.names("/notes", AnyName.class));
    }

    @Test
    @Tag("LS1")
    @DisplayName("[LS1] the whole name matches the pattern")
    void pattern() {
        assertThat("notes").matches(LiveStoreApi.names("/notes", Letters.class));
        assertThat("notes-1").doesNotMatch(LiveStoreApi.names("/notes", Letters.class));
    }

    @Test
    @Tag("LS1")
    @DisplayName("[LS1] an invalid pattern fails the deployment, with the class and the reason")
    void invalidPattern() {
        assertThatThrownBy(() -> LiveStoreApi.names("/notes", Broken.class))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining(Broken.class.getName())
                .hasMessageContaining("'/notes'")
                .hasMessageContaining("Unclosed character class");
    }
}
