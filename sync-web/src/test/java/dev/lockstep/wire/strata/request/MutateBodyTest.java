package dev.lockstep.wire.strata.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.wire.json.PlainJson;
import dev.lockstep.wire.strata.request.StrataRequests.Transaction;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MutateBodyTest {
    private static final long BYTES_MAX = 16L * 1024 * 1024;

    private static String transaction(String id, String title) {
        return "{\"action\":\"INSERT\",\"clientId\":\"c\",\"clientTxId\":\"" + id
                + "\",\"modelId\":\"m\",\"modelName\":\"Task\",\"payload\":{\"title\":" + title + "}}";
    }

    private static String batch(String... transactions) {
        return "{\"batchId\":\"b\",\"transactions\":[" + String.join(",", transactions) + "]}";
    }

    private static MutateBody read(String body, long bytesMax) {
        try {
            return MutateBody.read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), bytesMax);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Transaction> transactions(String body) {
        return MutateRequests.transactions(read(body, BYTES_MAX).envelope());
    }

    private static @Nullable String refused(String body) {
        return catchThrowableOfType(StrataError.class, () -> transactions(body)).getMessage();
    }

    private static String nested(int levels) {
        return "[".repeat(levels) + "]".repeat(levels);
    }

    @Test
    @Tag("STR27")
    @Tag("CS7")
    @DisplayName("[STR27][CS7] only the too deeply nested transaction of a request is refused, by its field")
    void nested() {
        for (int levels : List.of(61, 64, 999, 100_000)) {
            List<Transaction> read = transactions(
                    batch(transaction("1", "\"a\""), transaction("2", nested(levels)), transaction("3", "\"c\"")));

            assertThat(read).extracting(Transaction::clientTxId).containsExactly("1", "2", "3");
            assertThat(read.get(0).fault()).isEmpty();
            assertThat(read.get(1).fault()).contains("title: nested deeper than 60 levels; flatten it");
            assertThat(read.get(2).payload()).containsEntry("title", "c");
        }
        assertThat(transactions(batch(transaction("1", nested(60)))).getFirst().fault())
                .isEmpty();
        assertThat(transactions(batch(transaction("1", "{\"a\":".repeat(70) + "1" + "}".repeat(70))))
                        .getFirst()
                        .fault())
                .isPresent();
    }

    @Test
    @Tag("STR27")
    @Tag("CS7")
    @DisplayName("[STR27][CS7] only the transaction with an unreadable number is refused")
    void numbers() {
        for (String number : List.of("1e9999999999", "-1E+99999999999", "1".repeat(1001), "0." + "1".repeat(2000))) {
            List<Transaction> read =
                    transactions(batch(transaction("1", number), transaction("2", "[1," + number + "]")));

            assertThat(read)
                    .extracting(Transaction::fault)
                    .containsOnly(Optional.of("title: a number is out of range"));
        }
        for (String number : List.of("1e999999999", "-0", "1.5e-0000000000000003", "true", "false", "null")) {
            assertThat(transactions(batch(transaction("1", number))).getFirst().fault())
                    .isEmpty();
        }
    }

    @Test
    @Tag("STR27")
    @Tag("CS7")
    @DisplayName("[STR27][CS7] an unreadable transaction without an id fails the whole request")
    void withoutId() {
        assertThat(refused(batch("{\"payload\":" + nested(70) + "}")))
                .startsWith("400 {\"details\":[{\"field\":\"transactions\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{bad json",
                "{\"transactions\":[{}",
                "{\"transactions\":[,]}",
                "{\"transactions\":[{},]}",
                "{\"transactions\":[{} {}]}",
                "{\"transactions\":[{}]]}",
                "{\"transactions\":[{}],}",
                "{\"transactions\":[{}]} x",
                "{\"transactions\" [{}]}",
                "{\"transactions\":[{\"payload\":{\"a\":tru}}]}",
                "{\"a\":1 \"b\":2}",
                "{,}",
                "{1:2}",
                "[1",
                "tru",
                "\u0000"
            })
    @Tag("STR4")
    @DisplayName("[STR4] a body that is no JSON is refused as a whole")
    void malformed(String body) {
        assertThat(refused(body)).contains("FST_ERR_CTP_INVALID_JSON_BODY");
    }

    @Test
    @Tag("STR4")
    @DisplayName("[STR4] text is read by JSON's grammar: escapes, brackets in texts, equal names")
    void grammar() {
        String odd = " { \"transactions\" : [ ] , \"batch\\u0049d\":\"b\", \"transactions\":[ "
                + transaction("1", "\"]}\\\\\\\"{[,:\\ud83d\\ude00\\uD83D\"") + " ] } ";

        assertThat(transactions(odd).getFirst().payload()).containsEntry("title", "]}\\\"{[,:\uD83D\uDE00\uD83D");
        assertThat(transactions(batch(
                                "{\"clientTxId\":\"0\"," + transaction("1", "1").substring(1)))
                        .getFirst()
                        .clientTxId())
                .isEqualTo("1");
    }

    @Test
    @Tag("STR4")
    @DisplayName("[STR4] reading transaction by transaction gives the same result as the parser")
    void sameAsWhole() {
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            String body = batch(transaction("1", value(random, 0)), transaction("2", value(random, 0)));

            assertThat(read(body, BYTES_MAX).envelope()).isEqualTo(PlainJson.parse(body));
        }
    }

    private static String value(Random random, int depth) {
        return switch (random.nextInt(depth > 5 ? 5 : 7)) {
            case 0 -> String.valueOf(random.nextLong());
            case 1 -> random.nextDouble() + "E" + random.nextInt(300);
            case 2 -> "\"\\\"" + (char) (random.nextInt(0xD7FF - 0x5E) + 0x5E) + "[\\\\\"";
            case 3 -> " null ";
            case 4 -> "true";
            case 5 -> "[ " + value(random, depth + 1) + " ,\t" + value(random, depth + 1) + "]";
            default -> "{\"\":" + value(random, depth + 1) + ",\"e\":{ }}";
        };
    }

    @Test
    @Tag("STR28")
    @Tag("CS3")
    @DisplayName("[STR28][CS3] of a body over the limit, the transactions that fit are read")
    void cut() {
        String body = batch(transaction("1", "\"a\""), transaction("2", "\"b\""), transaction("3", "\"語\""));
        int length = body.getBytes(StandardCharsets.UTF_8).length;

        assertThat(read(body, length).isCut()).isFalse();
        for (int bytesMax = transaction("1", "\"a\"").length() + 35; bytesMax < length; bytesMax++) {
            MutateBody read = read(body, bytesMax);

            assertThat(read.isCut()).isTrue();
            assertThat(MutateRequests.transactions(read.envelope()))
                    .hasSizeBetween(1, 3)
                    .allMatch(each -> each.fault().isEmpty())
                    .first()
                    .extracting(Transaction::clientTxId)
                    .isEqualTo("1");
        }
    }

    @Test
    @Tag("STR28")
    @Tag("CS3")
    @DisplayName("[STR28][CS3] a transaction that alone is over the limit is refused by its id")
    void oneAlone() {
        String body = batch(transaction("1", "\"" + "x".repeat(3000) + "\""), transaction("2", "1"));

        assertThat(catchThrowableOfType(StrataError.class, () -> read(body, 2000)))
                .hasMessageStartingWith("400 {\"clientTxId\":\"1\",")
                .hasMessageContaining("The transaction is larger than a request may be (2000 bytes); send less in one"
                        + " transaction");
    }

    @ParameterizedTest
    @CsvSource({"' '", "'{\"a\":\"'", "'{\"transactions\":[{\"payload\":\"'"})
    @Tag("STR28")
    @DisplayName("[STR28] a body over the limit without a complete transaction is refused as too large")
    void nothingFits(String beginning) {
        assertThat(catchThrowableOfType(StrataError.class, () -> read(beginning + " ".repeat(3000), 2000))
                        .status())
                .isEqualTo(413);
    }

    @Test
    @Tag("STR28")
    @Tag("WIRE9")
    @DisplayName("[STR28][WIRE9] a body has as many values as one of a mebibyte: dense JSON takes much memory")
    void dense() {
        String values = "[" + "1,".repeat(400_000) + "1]";
        MutateBody read =
                read(batch(transaction("1", "1"), transaction("2", values), transaction("3", values)), BYTES_MAX);

        assertThat(read.isCut()).isTrue();
        assertThat(MutateRequests.transactions(read.envelope()))
                .extracting(Transaction::clientTxId)
                .containsExactly("1", "2");
    }

    @Test
    @Tag("STR27")
    @Tag("CS6")
    @DisplayName("[STR27][CS6] unstorable row ids and model names are refused for their transaction")
    void ids() {
        for (String odd : List.of("x\\ud800", "\\udfff", "a\\u0000", "m".repeat(256))) {
            String one = transaction("1", "1").replace("\"m\"", "\"" + odd + "\"");
            String two = transaction("2", "1").replace("\"Task\"", "\"" + odd + "\"");
            List<Transaction> read = transactions(batch(one, two, transaction("3", "1")));

            assertThat(read.get(0).fault())
                    .contains("Model ID (modelId) is at most 255 characters of Unicode without NUL");
            assertThat(read.get(1).fault())
                    .contains("Model name (modelName) is at most 255 characters of Unicode without NUL");
            assertThat(read.get(2).fault()).isEmpty();
        }
    }

    @Test
    @Tag("STR4")
    @Tag("CS6")
    @DisplayName("[STR4][CS6] a transaction's unstorable id is named as its client wrote it")
    void ownId() {
        assertThat(refused(batch(transaction("x\\ud800", "1"))))
                .startsWith("400 {\"clientTxId\":\"x\\ud800\",")
                .contains("Client transaction ID (clientTxId) is at most 255 characters of Unicode without NUL");
    }

    @Test
    @Tag("STR4")
    @DisplayName("[STR4] more transactions than the limit are refused")
    void tooMany() {
        String[] many = Stream.generate(() -> transaction("1", "1")).limit(101).toArray(String[]::new);

        assertThat(refused(batch(many))).contains("At most 100 transactions are allowed");
    }

    @Test
    @Tag("STR4")
    @DisplayName("[STR4] an empty body and a body of another type are named in the contract's words")
    void others() {
        assertThat(refused(" ")).contains("FST_ERR_CTP_EMPTY_JSON_BODY");
        assertThat(refused("[1]")).contains("Invalid input: expected object, received array");
        assertThat(read("{\"a\":1}", 100).envelope()).isEqualTo(Map.of("a", 1L));
    }
}
