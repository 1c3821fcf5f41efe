package dev.lockstep.wire.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class OriginsTest {
    private static final Origins NONE = new Origins(Set.of(), Set.of(), false);
    private static final String HERE = "https://here.example";

    private static boolean mayAct(Origins origins, String from) {
        return origins.mayAct(Optional.of(from), HERE, true);
    }

    @Test
    @Tag("ID5")
    @DisplayName("[ID5] a page of the server's own origin may act, with the scheme's default port implied; other pages"
            + " may not")
    void own() {
        assertThat(mayAct(NONE, "https://here.example")).isTrue();
        assertThat(mayAct(NONE, "https://HERE.example:443")).isTrue();
        assertThat(NONE.mayAct(Optional.of("http://here.example"), "http://here.example:80", true))
                .isTrue();
        assertThat(mayAct(NONE, "http://here.example")).isFalse();
        assertThat(mayAct(NONE, "https://here.example:8443")).isFalse();
        assertThat(mayAct(NONE, "https://here.example.evil.example")).isFalse();
        assertThat(mayAct(NONE, "https://evil.example/here.example")).isFalse();
        assertThat(mayAct(NONE, "null")).isFalse();
        assertThat(mayAct(NONE, "")).isFalse();
    }

    @Test
    @Tag("ID5")
    @DisplayName("[ID5] configured public origins replace the request's own statement of its target")
    void configured() {
        Origins configured = new Origins(Set.of(), Set.of("https://app.example/"), false);

        assertThat(mayAct(configured, "https://app.example")).isTrue();
        assertThat(mayAct(configured, HERE)).isFalse();
    }

    @Test
    @Tag("ID5")
    @DisplayName("[ID5] the list may contain null and schemes other than http")
    void listed() {
        Origins listed = new Origins(Set.of("null", "capacitor://localhost", "https://a.example"), Set.of(), false);

        assertThat(mayAct(listed, "null")).isTrue();
        assertThat(mayAct(listed, "capacitor://localhost")).isTrue();
        assertThat(mayAct(listed, "https://a.example")).isTrue();
        assertThat(mayAct(listed, "http://localhost")).isFalse();
    }

    @Test
    @Tag("ID5")
    @DisplayName("[ID5] * admits all origins, but not with credentials that browsers send by themselves")
    void all() {
        Origins all = new Origins(Set.of("*"), Set.of(), false);

        assertThat(all.mayAct(Optional.of("https://evil.example"), HERE, false)).isTrue();
        assertThat(mayAct(all, "https://evil.example")).isFalse();
        assertThat(mayAct(all, HERE)).isTrue();
    }

    @Test
    @Tag("ID5")
    @DisplayName("[ID5] without an Origin, credentials that browsers send by themselves do not count")
    void without() {
        assertThat(NONE.mayAct(Optional.empty(), HERE, false)).isTrue();
        assertThat(NONE.mayAct(Optional.empty(), HERE, true)).isFalse();
    }

    @Test
    @Tag("ID5")
    @DisplayName("[ID5] in the development profile pages of this machine may act, on any port")
    void loopback() {
        Origins development = new Origins(Set.of(), Set.of(), true);

        assertThat(mayAct(development, "http://localhost:5173")).isTrue();
        assertThat(mayAct(development, "http://127.0.0.1:3000")).isTrue();
        assertThat(mayAct(development, "http://[::1]:3000")).isTrue();
        assertThat(mayAct(development, "http://localhost.evil.example")).isFalse();
        assertThat(mayAct(development, "http://127.0.0.1.evil.example")).isFalse();
        assertThat(mayAct(NONE, "http://localhost:5173")).isFalse();
    }

    @Test
    @Tag("CFS16")
    @DisplayName("[CFS16] only the listed origins may read; * stands for all")
    void reading() {
        Origins two = new Origins(Set.of("https://a.example", "http://b.example:81"), Set.of(), true);

        assertThat(two.mayRead("https://a.example")).isTrue();
        assertThat(two.mayRead("http://a.example")).isFalse();
        assertThat(two.mayRead("https://a.example.evil.example")).isFalse();
        assertThat(two.mayRead("null")).isFalse();
        assertThat(two.mayRead("http://localhost")).isFalse();
        assertThat(new Origins(Set.of("*"), Set.of(), false).mayRead("https://c.example"))
                .isTrue();
        assertThat(NONE.isAnyAllowed()).isFalse();
    }
}
