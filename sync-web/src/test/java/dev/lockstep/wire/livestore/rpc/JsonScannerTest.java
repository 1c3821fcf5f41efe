package dev.lockstep.wire.livestore.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.wire.livestore.rpc.JsonScanner.Malformed;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {
    private static final String SPACE = " \n\t\r";

    private static String value(String text) throws Malformed {
        JsonScanner json = new JsonScanner(text);
        String value = json.value();
        json.end();
        return value;
    }

    /** JSON values as texts, with space where JSON allows it, and with all escapes. */
    @Provide
    Arbitrary<String> values() {
        Arbitrary<String> characters = Arbitraries.of(List.of(
                "a", "é", "𝄞", "\\u0000", "\\ud834", "\\uDD1E", "\\n", "\\/", "\\\\", "\\\"", "{", "]", ",", ":"));
        Arbitrary<String> strings = characters.list().ofMaxSize(8).map(parts -> '"' + String.join("", parts) + '"');
        Arbitrary<String> numbers = Arbitraries.of(
                List.of("0", "-0", "1.50", "12345678901234567890", "1e999999999", "-1.5E-3", "100", "0.1"));
        Arbitrary<String> scalars =
                Arbitraries.oneOf(strings, numbers, Arbitraries.of("true", "false", "null", "[]", "{}", "[ ]"));
        return Arbitraries.recursive(
                () -> scalars,
                inner -> Arbitraries.oneOf(
                        inner.list()
                                .ofMinSize(1)
                                .ofMaxSize(4)
                                .map(each -> "[" + SPACE + String.join(" , ", each) + "]"),
                        inner.list().ofMinSize(1).ofMaxSize(4).map(each -> "{" + members(each) + SPACE + "}")),
                0,
                4);
    }

    private static String members(List<String> values) {
        return String.join(",", values.stream().map(value -> "\"k\" :" + value).toList());
    }

    @Property
    @net.jqwik.api.Tag("LS3")
    @Label("[LS3] any JSON value is returned as it was sent, wherever it stands")
    void unchanged(@ForAll("values") String value) throws Malformed {
        assertThat(value(SPACE + value + SPACE)).isEqualTo(value);
        JsonScanner json = new JsonScanner("{\"before\":" + value + ",\"it\":" + SPACE + value + SPACE + "}");
        json.<RuntimeException>object(name -> assertThat(json.value()).isEqualTo(value));
        json.end();
    }

    @Property
    @net.jqwik.api.Tag("LS2")
    @Label("[LS2] a text that is cut anywhere is refused, not read in part")
    void cut(@ForAll("values") String value) {
        String whole = "{\"it\":" + value + "}";
        for (int end = 0; end < whole.length(); end++) {
            String part = whole.substring(0, end);
            assertThatThrownBy(() -> value(part)).isInstanceOf(Malformed.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,]",
                "{\"a\":1,}",
                "{a:1}",
                "{\"a\" 1}",
                "[1 2]",
                "01",
                "-",
                "1.",
                "1e",
                ".5",
                "+1",
                "tru",
                "nulll",
                "\"a",
                "\"\\x\"",
                "\"\\u12G4\"",
                "\"\\u123\"",
                "\"\n\"",
                "'a'",
                "NaN",
                "{}{}",
                "[]]",
                "\"\u0000\"",
                "\u00a0 1",
                "{\"a\":}",
                "[,]",
                "1 2",
                "\"\\ud83",
                "[\"a\":1]",
                "\ufeff1"
            })
    @Tag("LS2")
    @DisplayName("[LS2] a text that JavaScript refuses is refused")
    void malformed(String text) {
        assertThatThrownBy(() -> value(text)).isInstanceOf(Malformed.class);
    }

    @Test
    @Tag("LS3")
    @DisplayName("[LS3] a value is nested at most 1,000 deep, and costs no stack")
    void depth() throws Malformed {
        String deepest = "[".repeat(JsonScanner.DEPTH_MAX) + "1" + "]".repeat(JsonScanner.DEPTH_MAX);
        assertThat(value(deepest)).isEqualTo(deepest);
        assertThatThrownBy(() -> value("[" + deepest + "]"))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining("nested deeper than 1000");
        assertThatThrownBy(() -> value("[".repeat(1_000_000))).isInstanceOf(Malformed.class);
    }

    @Test
    @Tag("LS3")
    @DisplayName("[LS3] strings are unescaped, half surrogate pairs included")
    void strings() throws Malformed {
        assertThat(new JsonScanner("\"a\\u0000\\ud834\\u00e9\\b\\f\\n\\r\\t\\/\\\\\\\"𝄞\"").string())
                .isEqualTo("a\u0000\ud834é\b\f\n\r\t/\\\"𝄞");
    }

    @Test
    @Tag("LS4")
    @DisplayName("[LS4] an integer may have any notation of JSON; other values are none")
    void integers() throws Malformed {
        assertThat(new JsonScanner("12").integer()).hasValue(12);
        assertThat(new JsonScanner("-1").integer()).hasValue(-1);
        assertThat(new JsonScanner("1.20e2").integer()).hasValue(120);
        for (String other : List.of("1.5", "\"1\"", "null", "[1]", "1e400", "1e999999999", "1" + "0".repeat(40))) {
            assertThat(new JsonScanner(other).integer()).as(other).isEmpty();
        }
    }
}
