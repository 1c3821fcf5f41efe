package dev.lockstep.collection.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class JsonKindTest {
    private static JsonKind listOf(String... constants) {
        return new JsonKind.ArrayOf(TextTypes.oneOf(List.of(constants)));
    }

    @Test
    @Tag("LOG11")
    @DisplayName("[LOG11] a new constant within an array leaves the shape as it is, another type of items does not")
    void constants() {
        assertThat(listOf("A", "B", "C").shape()).isEqualTo(listOf("A", "B").shape());
        assertThat(new JsonKind.ArrayOf(FieldType.of(String.class).orElseThrow()).shape())
                .isNotEqualTo(listOf("A", "B").shape());
    }

    @Test
    @Tag("CFS31")
    @DisplayName("[CFS31] a text that holds a comma is one constant")
    void comma() {
        assertThat(TextTypes.oneOf(List.of("a, b", "c")).kind())
                .isEqualTo(new JsonKind.Constants(List.of("a, b", "c")));
    }
}
