package dev.lockstep.wire.strata.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.api.Operation;
import dev.lockstep.wire.json.PlainJson;
import dev.lockstep.wire.strata.request.StrataRequests.Load;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies and queries, compared with captures of the original server: 01-raw-postgresjs, sections 2, 5 and 9. */
class StrataRequestsTest {
    private static final String TX = "{\"action\":\"INSERT\",\"clientId\":\"c-raw\",\"clientTxId\":\"t-1\","
            + "\"modelName\":\"Task\",\"modelId\":\"m-1\",\"payload\":{\"title\":\"x\",\"dueOn\":null}}";

    private static String refused(ThrowingCallable asked) {
        StrataError refused = catchThrowableOfType(StrataError.class, asked);
        return refused.status() + " " + refused.json().replaceFirst("req-[0-9a-z]+", "req-n");
    }

    private static String mutate(String body) {
        return refused(() -> MutateRequests.transactions(PlainJson.parse(body)));
    }

    private static String batch(String body) {
        return refused(() -> StrataRequests.batch(PlainJson.parse(body)));
    }

    private static String invalid(String source, String... fieldsAndMessages) {
        StringBuilder details = new StringBuilder();
        for (int i = 0; i < fieldsAndMessages.length; i += 2) {
            details.append(i == 0 ? "" : ",")
                    .append("{\"field\":\"")
                    .append(fieldsAndMessages[i])
                    .append("\",\"message\":")
                    .append(PlainJson.quote(fieldsAndMessages[i + 1]))
                    .append('}');
        }
        return "400 {\"details\":[" + details
                + "],\"error\":\"Validation failed\",\"requestId\":\"req-n\",\"source\":\"" + source + "\"}";
    }

    private static String with(String clientTxId, String refusal) {
        return refusal.replace("{\"details\"", "{\"clientTxId\":\"" + clientTxId + "\",\"details\"");
    }

    private static String transactions(String... each) {
        return "{\"batchId\":\"b\",\"transactions\":[" + String.join(",", each) + "]}";
    }

    @Test
    @Tag("STR4")
    @DisplayName("[STR4] a complete mutate request becomes its transactions, in order")
    void whole() {
        List<StrataRequests.Transaction> read =
                MutateRequests.transactions(PlainJson.parse(transactions(TX, TX.replace("t-1", "t-2"))));

        assertThat(read).extracting(StrataRequests.Transaction::clientTxId).containsExactly("t-1", "t-2");
        assertThat(read.getFirst().action()).isEqualTo(Operation.INSERT);
        assertThat(read.getFirst().payload()).containsExactly(Map.entry("title", "x"), entryOfNull("dueOn"));
        assertThat(read.getFirst().mutationId().client()).isEqualTo("strata:c-raw");
        assertThat(read.getFirst().mutationId().comparesRequests()).isFalse();
    }

    private static Map.Entry<String, Object> entryOfNull(String key) {
        Map<String, Object> one = new HashMap<>();
        one.put(key, null);
        return one.entrySet().iterator().next();
    }

    @Test
    @Tag("STR4")
    @DisplayName(
            "[STR4] missing or invalid parts of a mutate request are named field by field, in the contract's words")
    void envelopes() {
        assertThat(mutate("{\"batchId\":\"\",\"transactions\":[]}"))
                .isEqualTo(invalid(
                        "body",
                        "batchId",
                        "Batch ID is required",
                        "transactions",
                        "At least one transaction is required"));
        assertThat(mutate("{\"batchId\":\"b\"}"))
                .isEqualTo(invalid("body", "transactions", "Invalid input: expected array, received undefined"));
        assertThat(mutate("{\"batchId\":null,\"transactions\":{}}"))
                .isEqualTo(invalid(
                        "body",
                        "batchId",
                        "Invalid input: expected string, received null",
                        "transactions",
                        "Invalid input: expected array, received object"));
        assertThat(mutate("[]")).isEqualTo(invalid("body", "root", "Invalid input: expected object, received array"));
        assertThat(mutate("\"a=b\""))
                .isEqualTo(invalid("body", "root", "Invalid input: expected object, received string"));
        assertThat(mutate(transactions(Collections.nCopies(101, TX).toArray(String[]::new))))
                .isEqualTo(invalid("body", "transactions", "At most 100 transactions are allowed"));
    }

    @Test
    @Tag("STR4")
    @DisplayName("[STR4] a refusal of one transaction names it: its client drops it and sends the others again")
    void transactionAtFault() {
        assertThat(mutate(transactions(TX, TX.replace("INSERT", "UPSERT").replace("t-1", "t-2"))))
                .isEqualTo(with(
                        "t-2",
                        invalid(
                                "body",
                                "transactions",
                                "Invalid option: expected one of"
                                        + " \"INSERT\"|\"UPDATE\"|\"DELETE\"|\"ARCHIVE\"|\"UNARCHIVE\"")));
        assertThat(mutate(transactions(
                        TX.replace(",\"payload\":{\"title\":\"x\",\"dueOn\":null}", ""), TX.replace("t-1", ""))))
                .isEqualTo(with(
                        "t-1",
                        invalid(
                                "body",
                                "transactions",
                                "Invalid input: expected record, received undefined",
                                "transactions",
                                "Client transaction ID is required")));
        assertThat(mutate(transactions("3")))
                .isEqualTo(invalid("body", "transactions", "Invalid input: expected object, received number"));
    }

    @ParameterizedTest
    @CsvSource({
        "c-raw, Client ID is required",
        "t-1, Client transaction ID is required",
        "m-1, Model ID is required",
        "Task, Model name is required"
    })
    @Tag("STR4")
    @DisplayName("[STR4] missing parts of a transaction are named, in the contract's words")
    void missing(String value, String message) {
        assertThat(mutate(transactions(TX.replace('"' + value + '"', "\"\""))))
                .contains("\"details\":[{\"field\":\"transactions\",\"message\":\"" + message + "\"}]");
    }

    @Test
    @Tag("STR4")
    @DisplayName("[STR4] ids that the log could not store are refused")
    void ids() {
        assertThat(mutate(transactions(TX.replace("c-raw", "c".repeat(249)))))
                .contains("Client ID (clientId) is at most 248 characters of Unicode without NUL");
        assertThat(mutate(transactions(TX.replace("c-raw", "\\u0000")))).startsWith("400 ");
        assertThat(mutate(transactions(TX.replace("t-1", "t".repeat(256)))))
                .contains("Client transaction ID (clientTxId) is at most 255 characters of Unicode without NUL");
        assertThat(MutateRequests.transactions(PlainJson.parse(
                        transactions(TX.replace("c-raw", "c".repeat(248)).replace("t-1", "t".repeat(255))))))
                .hasSize(1);
    }

    @Test
    @Tag("STR12")
    @DisplayName("[STR12] a load is by a key or by a group")
    void loads() {
        assertThat(StrataRequests.batch(PlainJson.parse("{\"firstSyncId\":\"0\",\"requests\":["
                        + "{\"modelName\":\"Task\",\"indexedKey\":\"id\",\"keyValue\":\"t\"},"
                        + "{\"modelName\":\"Task\",\"groupId\":\"ws-a\"}]}")))
                .containsExactly(new Load.Indexed("Task", "id", "t"), new Load.OfGroup("Task", "ws-a"));
        assertThat(batch("{\"requests\":[]}"))
                .isEqualTo(invalid("body", "requests", "At least one request is required"));
        assertThat(batch("{\"requests\":[{\"modelName\":\"Task\"}]}"))
                .isEqualTo(invalid("body", "requests", "Invalid input"));
        assertThat(batch("{\"firstSyncId\":\"x\",\"requests\":["
                        + String.join(",", Collections.nCopies(101, "{\"modelName\":\"T\",\"groupId\":\"g\"}")) + "]}"))
                .isEqualTo(invalid(
                        "body",
                        "firstSyncId",
                        "firstSyncId must be a numeric string",
                        "requests",
                        "At most 100 requests are allowed"));
    }

    private static Map<String, List<String>> query(String... pairs) {
        Map<String, List<String>> query = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            query.computeIfAbsent(pairs[i], first -> new ArrayList<>()).add(pairs[i + 1]);
        }
        return query;
    }

    @Test
    @Tag("STR11")
    @DisplayName("[STR11] the query of a bootstrap is parsed")
    void bootstraps() {
        assertThat(refused(() -> StrataRequests.bootstrap(query("type", "partial"))))
                .isEqualTo(invalid("query", "firstSyncId", "firstSyncId is required for partial bootstrap"));
        assertThat(refused(() -> StrataRequests.bootstrap(query("type", "weird", "noSyncPackets", "yes"))))
                .isEqualTo(invalid(
                        "query",
                        "noSyncPackets",
                        "Invalid option: expected one of \"true\"|\"false\"",
                        "type",
                        "Invalid option: expected one of \"full\"|\"partial\""));
        assertThat(refused(() -> StrataRequests.bootstrap(query("syncGroups", "a", "syncGroups", "b"))))
                .isEqualTo(invalid("query", "syncGroups", "Invalid input: expected string, received array"));
        StrataRequests.Bootstrap read =
                StrataRequests.bootstrap(query("onlyModels", "Task,Label", "syncGroups", "ws-1,,ws-a", "x", "y"));
        assertThat(read.models()).contains(List.of("Task", "Label"));
        assertThat(read.groups()).contains(List.of("ws-1", "ws-a"));
        assertThat(read.schemaHash()).isEmpty();
        assertThat(read.of("ws-1").groups()).isEmpty();
        assertThat(read.of("alice")).isEqualTo(read);
        assertThat(StrataRequests.bootstrap(query("type", "partial", "firstSyncId", "1", "syncGroups", "ws-1"))
                        .of("ws-1")
                        .groups())
                .contains(List.of("ws-1"));
        assertThat(StrataRequests.bootstrap(query("onlyModels", "", "syncGroups", "")))
                .isEqualTo(StrataRequests.bootstrap(query()));
    }

    @Test
    @Tag("STR6")
    @DisplayName("[STR6] the query of deltas is parsed")
    void deltas() {
        assertThat(refused(() -> StrataRequests.deltas(query("after", "abc"))))
                .isEqualTo(invalid("query", "after", "After must be a numeric string"));
        assertThat(refused(() -> StrataRequests.deltas(query("after", "0", "limit", "-1"))))
                .isEqualTo(invalid("query", "limit", "Limit must be a numeric string"));
        assertThat(StrataRequests.deltas(query())).isEqualTo(StrataRequests.deltas(query("after", "0", "limit", "0")));
        assertThat(StrataRequests.deltas(query()).actionsMax()).isEqualTo(1000);
        assertThat(StrataRequests.deltas(query("limit", "99999999999999")).actionsMax())
                .isEqualTo(5000);
        assertThat(StrataRequests.deltas(query("after", "99999999999999999999")).after())
                .isEqualTo(new BigInteger("99999999999999999999"));
    }

    private static Object body(String type, byte[] bytes) {
        try {
            return String.valueOf(StrataRequests.body(type, new ByteArrayInputStream(bytes)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    @Tag("STR4")
    @DisplayName("[STR4] an unreadable body is refused in the contract's words, also one of a mebibyte")
    void bodies() {
        assertThat(refused(() -> body("application/json", bytes("{bad json"))))
                .isEqualTo("400 {\"statusCode\":400,\"code\":\"FST_ERR_CTP_INVALID_JSON_BODY\",\"error\":"
                        + "\"Bad Request\",\"message\":\"Body is not valid JSON but content-type is set to"
                        + " 'application/json'\"}");
        assertThat(refused(() -> body("application/json", bytes("")))).contains("FST_ERR_CTP_EMPTY_JSON_BODY");
        assertThat(refused(() -> body("application/xml", bytes("<a/>")))).startsWith("415 ");
        assertThat(body("text/plain;charset=UTF-8", bytes("a=b"))).isEqualTo("");
        byte[] large = new byte[1_048_576];
        Arrays.fill(large, (byte) ' ');
        large[0] = '1';
        assertThat(refused(() -> body("application/json", large)))
                .isEqualTo("413 {\"statusCode\":413,\"code\":\"FST_ERR_CTP_BODY_TOO_LARGE\",\"error\":"
                        + "\"Payload Too Large\",\"message\":\"Request body is too large\"}");
        assertThat(body("application/json", Arrays.copyOf(large, 1_048_575))).isEqualTo("1");
    }
}
