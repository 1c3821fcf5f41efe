package dev.lockstep.wire.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.SyncException;
import java.net.URI;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathNamesTest {
    @ParameterizedTest
    @CsvSource({
        "project:demo, project:demo",
        "project%3Ademo, project:demo",
        "a%2Fb, a/b",
        "a%2fb, a/b",
        "a;b=c, a;b=c",
        "a%3Bb, a;b",
        "100%25, 100%",
        "%252F, %2F",
        "a+b, a+b",
        "a%20b, a b",
        "r%C3%A4um, r\u00e4um",
        "%F0%9F%98%80, \ud83d\ude00"
    })
    @Tag("CFS8")
    @DisplayName("[CFS8] a name is decoded once")
    void decodes(String raw, String name) {
        assertThat(PathNames.of(URI.create("/parties/main/" + raw))).containsExactly("", "parties", "main", name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%C3", "%ED%A0%80", "%FF", "%C0%80"})
    @Tag("CFS8")
    @DisplayName("[CFS8] a name that is not UTF-8 is refused")
    void refuses(String raw) {
        URI uri = URI.create("/parties/main/" + raw);
        assertThatThrownBy(() -> PathNames.of(uri))
                .isInstanceOfSatisfying(
                        SyncException.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(ErrorCode.MALFORMED));
    }

    @Test
    @Tag("CFS8")
    @DisplayName("[CFS8] names below a base are the segments behind it; a trailing slash makes an empty name")
    void below() {
        URI base = URI.create("http://host/todo-app/api/");

        assertThat(PathNames.below(base, URI.create("http://host/todo-app/api/default/todos/a%2Fb?scope=x/y")))
                .containsExactly("default", "todos", "a/b");
        assertThat(PathNames.below(base, URI.create("http://host/todo-app/api/default/todos/")))
                .containsExactly("default", "todos", "");
    }
}
