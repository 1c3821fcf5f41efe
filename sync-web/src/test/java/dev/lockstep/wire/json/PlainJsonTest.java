package dev.lockstep.wire.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.SyncException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainJsonTest {
    private static @Nullable Object read(String json) {
        return PlainJson.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static void assertRefused(String json, ErrorCode code) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOfSatisfying(
                        SyncException.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(code));
    }

    @Test
    @Tag("CFS4")
    @DisplayName("[CFS4] values are plain Java values")
    void values() {
        assertThat(read("\"a\\u00e4\\ud83d\\ude00\"")).isEqualTo("a\u00e4\ud83d\ude00");
        assertThat(read("1")).isEqualTo(1L);
        assertThat(read("-999999999999999999")).isEqualTo(-999_999_999_999_999_999L);
        assertThat(read("1.0")).isEqualTo(new BigDecimal("1.0"));
        assertThat(read("true")).isEqualTo(true);
        assertThat(read("null")).isNull();
        assertThat(read("[1,[],{}]")).isEqualTo(List.of(1L, List.of(), Map.of()));
    }

    @Test
    @Tag("CFS4")
    @DisplayName("[CFS4] text that is not UTF-8 is refused, not replaced")
    void notUtf8() {
        byte[] latin1 = "\"caf\u00e9\"".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> PlainJson.read(new ByteArrayInputStream(latin1)))
                .isInstanceOfSatisfying(
                        SyncException.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(ErrorCode.MALFORMED));
    }

    @Test
    @Tag("CFS4")
    @DisplayName("[CFS4] members keep their order; the last of two equal keys counts")
    void objects() {
        assertThat(String.valueOf(read("{\"b\":1,\"a\":2,\"b\":3,\"__proto__\":null}")))
                .isEqualTo("{b=3, a=2, __proto__=null}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,",
                "{\"a\":}",
                "{\"a\" 1}",
                "{a:1}",
                "{} {}",
                "[] x",
                "nul",
                "'a'",
                "\"a",
                "01",
                "1.",
                "-",
                "+1",
                ".5",
                "NaN",
                "Infinity",
                "\"\\x\"",
                "\"\\u12\"",
                "\"a\nb\"",
                "]",
                "}",
                ",",
                ":",
                "[1 2]",
                "{\"a\":1,}",
                "[1,]",
                "/* c */ 1",
                "\u0000",
                "\ufeff{}"
            })
    @Tag("CFS4")
    @DisplayName("[CFS4] invalid JSON is refused as malformed")
    void malformed(String json) {
        assertRefused(json, ErrorCode.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999", "1e-99999999999"})
    @Tag("CFS4")
    @DisplayName("[CFS4] an exponent out of range is refused as malformed")
    void absurdExponents(String json) {
        assertRefused(json, ErrorCode.MALFORMED);
    }

    @Test
    @Tag("CFS4")
    @DisplayName("[CFS4] a huge exponent is read without being expanded")
    void hugeExponents() {
        assertThat(read("[1e999999999,-1E-999999999,0e99]"))
                .isEqualTo(List.of(
                        new BigDecimal("1e999999999"), new BigDecimal("-1e-999999999"), new BigDecimal("0e99")));
    }

    @Test
    @Tag("CFS4")
    @DisplayName("[CFS4] a number of very many digits is refused at low cost")
    void manyDigits() {
        assertRefused("9".repeat(900_000), ErrorCode.MALFORMED);
        assertRefused("0." + "9".repeat(900_000), ErrorCode.MALFORMED);
    }

    @Test
    @Tag("CFS4")
    @DisplayName("[CFS4] nesting is bounded")
    void depth() {
        int deepest = PlainJson.DEPTH_MAX;
        assertThat(read("[".repeat(deepest) + "]".repeat(deepest))).isNotNull();
        assertRefused("[".repeat(deepest + 2) + "]".repeat(deepest + 2), ErrorCode.MALFORMED);
        assertRefused("{\"a\":".repeat(deepest + 2) + "1" + "}".repeat(deepest + 2), ErrorCode.MALFORMED);
        assertRefused("[".repeat(500_000), ErrorCode.MALFORMED);
    }

    @Test
    @Tag("CFS4")
    @DisplayName("[CFS4] a body of 1 MiB is read; one byte more is refused as too large")
    void size() {
        String fits = "\"" + "x".repeat(PlainJson.BODY_BYTES_MAX - 2) + "\"";

        assertThat(read(fits)).isInstanceOf(String.class);
        assertRefused(fits + " ", ErrorCode.TOO_LARGE);
    }

    @SuppressWarnings("InputStreamSlowMultibyteRead") // it is read for a moment only
    @Test
    @Tag("CFS4")
    @DisplayName("[CFS4] an endless body is read up to the limit only")
    void endless() {
        InputStream endless = new InputStream() {
            private long handedOut;

            @Override
            public int read() {
                if (handedOut++ > 2L * PlainJson.BODY_BYTES_MAX) {
                    throw new AssertionError("read on");
                }
                return ' ';
            }
        };
        assertThatThrownBy(() -> PlainJson.read(endless)).hasMessageStartingWith("TOO_LARGE");
    }

    @SuppressWarnings("InputStreamSlowMultibyteRead") // as above
    @Test
    @Tag("CFS4")
    @DisplayName("[CFS4] a truncated body is refused as malformed")
    void breaksOff() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        };
        assertThatThrownBy(() -> PlainJson.read(broken)).hasMessageStartingWith("MALFORMED");
    }

    @Test
    @Tag("CFS4")
    @DisplayName("[CFS4] any bytes are read or refused, never an internal fault")
    void garbage() {
        byte[] sample = "{\"a\":[1.5e3,\"x\\u00e9\",true,null,{\"b\":-0}]}".getBytes(StandardCharsets.UTF_8);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = Arrays.copyOf(sample, 1 + random.nextInt(sample.length));
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                PlainJson.read(new ByteArrayInputStream(bytes));
            } catch (SyncException refused) {
                assertThat(refused.refusal().code()).as("seed %d", seed).isEqualTo(ErrorCode.MALFORMED);
            }
        }
    }

    @Test
    @Tag("CFS1")
    @DisplayName("[CFS1] a text becomes a JSON string")
    void quotes() {
        assertThat(PlainJson.quote("a\"\\\n\u0001/\u2028\ud83d\ude00"))
                .isEqualTo("\"a\\\"\\\\\\n\\u0001/\u2028\ud83d\ude00\"");
    }
}
