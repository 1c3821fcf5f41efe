package dev.lockstep.wire.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JsonObjectTest {
    @Test
    @DisplayName("members have the order of the calls, and texts are escaped")
    void ordered() {
        assertThat(new JsonObject().with("b", "\"\n").with("a", 1L).with("none", (Object) null))
                .hasToString("{\"b\":\"\\\"\\n\",\"a\":1,\"none\":null}");
        assertThat(new JsonObject()).hasToString("{}");
    }

    @Test
    @DisplayName("objects, lists and maps are nested")
    void nested() {
        JsonObject inner = new JsonObject().with("is", true);

        assertThat(new JsonObject().with("one", inner).with("all", List.of(inner, Map.of("k", List.of()))))
                .hasToString("{\"one\":{\"is\":true},\"all\":[{\"is\":true},{\"k\":[]}]}");
    }

    @Test
    @DisplayName("ready JSON is inserted as it is, and an absent value has no member")
    void ready() {
        JsonObject object = new JsonObject()
                .with("no", Optional.empty())
                .withJson("no", Optional.empty())
                .withJson("row", Optional.of("{\"id\":1.50}"))
                .withJson("rows", List.of("{}", "null"));

        assertThat(object).hasToString("{\"row\":{\"id\":1.50},\"rows\":[{},null]}");
    }
}
