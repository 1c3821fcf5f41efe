package dev.lockstep.system.existing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.client.Answer;
import dev.lockstep.system.client.Api;
import dev.lockstep.system.client.BroadcastSocket;
import dev.lockstep.system.client.Frame;
import dev.lockstep.system.server.Server;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The example of docs/existing-application.md: a shipping company's entities with tables that have rows. */
public abstract class ExistingApplicationContract {
    private static final String OLD_CARGO = "0192f1c0-7d1e-7b1a-9c3e-000000000001";
    private static final String CARGO_OF_GLOBEX = "0192f1c0-7d1e-7b1a-9c3e-000000000002";
    private static final int OLD_EVENTS = 10_000;

    private final URI application;
    private final Api api;
    private final String shipper = "shipper-" + UUID.randomUUID();

    protected ExistingApplicationContract(Server server) {
        application = server.application("shipping");
        api = new Api(application);
    }

    private BroadcastSocket socket(String room) {
        BroadcastSocket socket = BroadcastSocket.on(application, room);
        assertThat(socket.next().type()).isEqualTo("sync-init");
        return socket;
    }

    private static JsonObject accepted(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.row();
    }

    private static void assertNamesNothing(Answer answer, String field) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("\"path\":[\"" + field + "\"]", "that can be referred to here");
    }

    private List<JsonObject> list(String room, String collection) {
        return api.get("/api/" + room + "/" + collection)
                .json()
                .getJsonArray(collection)
                .getValuesAs(JsonObject.class);
    }

    private String cargo() {
        return accepted(api.post(
                        "/api/" + shipper + "/cargos",
                        "{\"origin\":\"NLRTM\",\"route\":{\"destination\":\"USNYC\",\"deadline\":\"2027-01-31\"}}"))
                .getString("id");
    }

    private String events() {
        return "/api/" + shipper + "/events";
    }

    private static String event(String cargo) {
        return "{\"kind\":\"LOAD\",\"voyage\":\"7\",\"cargo\":\"" + cargo + "\"}";
    }

    @Test
    @Tag("ENT30")
    @DisplayName(
            "[ENT30] 10,000 rows that were there before are in the first list, with times and versions where they had none")
    void existingRows() {
        assertThat(list("initech", "events")).hasSize(OLD_EVENTS);

        JsonObject cargo = list("initech", "cargos").getFirst();
        assertThat(cargo.getString("id")).isEqualTo(OLD_CARGO);
        assertThat(cargo.getString("bookedAt")).startsWith("20");
        assertThat(cargo.getJsonObject("route").toString())
                .isEqualTo("{\"destination\":\"USNYC\",\"deadline\":\"2026-12-20\"}");
        assertThat(api.get("/api/7/movements").body())
                .contains(
                        "\"voyage\":\"7\",\"departure\":\"NLRTM\",\"arrival\":\"USNYC\"", "\"schedule\":{\"departs\":");
    }

    @Test
    @Tag("ENT2")
    @DisplayName(
            "[ENT2] an insert without an id answers the generated one, as all clients are told; a repeat answers it again")
    void generatedIds() {
        String cargo = cargo();
        try (BroadcastSocket socket = socket(shipper)) {
            String request = event(cargo).replace("}", ",\"_clientMutationId\":\"" + UUID.randomUUID() + "\"}");
            Answer first = api.post(events(), request);
            String id = accepted(first).getString("id");
            assertThat(Long.parseLong(id)).isGreaterThan(OLD_EVENTS);
            assertThat(socket.next().text()).contains(first.rowText());
            assertThat(api.post(events(), request).rowText()).isEqualTo(first.rowText());
            assertThat(list(shipper, "events")).hasSize(1);

            assertThat(accepted(api.put(events() + "/" + id, "{\"kind\":\"UNLOAD\"}"))
                            .getString("kind"))
                    .isEqualTo("UNLOAD");
            assertThat(socket.next().action()).isEqualTo("update");
            assertThat(api.delete(events() + "/" + id).status()).isEqualTo(200);
            assertThat(socket.next().action()).isEqualTo("delete");
            assertThat(list(shipper, "events")).isEmpty();
        }
    }

    @Test
    @Tag("ENT4")
    @DisplayName("[ENT4] a relation, lazy or eager, to no row, a deleted one or one of another room is refused")
    void relations() {
        String cargo = cargo();
        assertNamesNothing(api.post(events(), event(CARGO_OF_GLOBEX)), "cargo");
        assertNamesNothing(api.post(events(), event(UUID.randomUUID().toString())), "cargo");
        assertNamesNothing(api.post(events(), event(cargo).replace("\"7\"", "\"999\"")), "voyage");
        String id = accepted(api.post(events(), event(cargo))).getString("id");
        assertNamesNothing(api.put(events() + "/" + id, "{\"cargo\":\"" + CARGO_OF_GLOBEX + "\"}"), "cargo");

        String other = cargo();
        assertThat(api.delete("/api/" + shipper + "/cargos/" + other).status()).isEqualTo(200);
        assertNamesNothing(api.put(events() + "/" + id, "{\"cargo\":\"" + other + "\"}"), "cargo");
        assertThat(list(shipper, "events").getFirst().getString("cargo")).isEqualTo(cargo);
    }

    @Test
    @Tag("COL28")
    @DisplayName(
            "[COL28] an update that names an old version is refused with 409 and the current row; embedded values change in part")
    void versions() {
        String path = "/api/" + shipper + "/cargos/" + cargo();
        JsonObject changed = accepted(api.put(path, "{\"version\":0,\"route\":{\"deadline\":\"2027-02-28\"}}"));
        assertThat(changed.getInt("version")).isEqualTo(1);
        assertThat(changed.getJsonObject("route").getString("destination")).isEqualTo("USNYC");

        Answer stale = api.put(path, "{\"version\":0,\"route\":{\"destination\":\"SGSIN\"}}");
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.body()).contains("\"code\":\"STALE\"", "\"version\":1", "2027-02-28");
        assertThat(accepted(api.put(path, "{\"route\":{\"destination\":\"SGSIN\"}}"))
                        .getInt("version"))
                .isEqualTo(2);
    }

    @Test
    @Tag("ENT4")
    @DisplayName("[ENT4] a room that is another row's number: its rows are listed, inserted and told there only")
    void relatedRooms() {
        String voyage =
                accepted(api.post("/api/7/voyages", "{\"number\":\"V-new\"}")).getString("id");
        try (BroadcastSocket socket = socket(voyage)) {
            Answer made = api.post("/api/" + voyage + "/movements", "{\"departure\":\"SGSIN\",\"arrival\":\"NLRTM\"}");
            assertThat(accepted(made).getString("voyage")).isEqualTo(voyage);
            assertThat(socket.next().text()).contains(made.rowText());
        }
        assertThat(list(voyage, "movements")).hasSize(1);
        assertThat(list("8", "movements")).isEmpty();
        assertNamesNothing(api.post("/api/999/movements", "{\"departure\":\"SGSIN\"}"), "voyage");
        assertThat(api.post("/api/hall/movements", "{\"departure\":\"SGSIN\"}").status())
                .isEqualTo(400);
    }

    @Test
    @Tag("APP1")
    @Tag("LST12")
    @DisplayName(
            "[APP1][LST12] what a service of the application writes is live, also for a list of one cargo's events")
    void ownService() {
        String cargo = cargo();
        String filter = URLEncoder.encode("{\"cargo\":\"" + cargo + "\"}", StandardCharsets.UTF_8);
        accepted(api.post(events(), event(cargo())));
        String subscription =
                shipper + "?filter=" + filter.replace("%7B%22cargo", "%7B%22events%22%3A%7B%22cargo") + "%7D";
        try (BroadcastSocket socket = socket(subscription)) {
            assertThat(api.post("/api/claims/" + cargo, "{}").status()).isEqualTo(204);
            Frame told = socket.next();
            assertThat(told.action()).isEqualTo("insert");
            assertThat(told.text()).contains("\"kind\":\"CLAIM\"", "\"cargo\":\"" + cargo + "\"");
        }
        assertThat(list(shipper, "events")).hasSize(2);
        assertThat(api.get(events() + "?filter=" + filter)
                        .json()
                        .getJsonArray("events")
                        .getValuesAs(JsonObject.class))
                .hasSize(1)
                .first()
                .satisfies(row -> assertThat(row.getString("kind")).isEqualTo("CLAIM"));
    }

    @Test
    @Tag("APP1")
    @Tag("ENT23")
    @DisplayName("[APP1][ENT23] a service that changes only the items of an element collection changes the row")
    void itemsOnly() {
        String code = "P" + UUID.randomUUID().toString().substring(0, 4);
        accepted(api.post("/api/default/ports", "{\"id\":\"" + code + "\",\"name\":\"New\",\"aliases\":[\"b\"]}"));
        try (BroadcastSocket socket = socket("default")) {
            assertThat(api.post("/api/aliases/" + code + "/a", "{}").status()).isEqualTo(204);
            Frame told = socket.next();
            assertThat(told.action()).isEqualTo("update");
            assertThat(told.text()).contains("\"aliases\":[\"a\",\"b\"]");
        }
        assertThat(list("default", "ports"))
                .filteredOn(port -> port.getString("id").equals(code))
                .singleElement()
                .satisfies(port -> assertThat(port.getJsonArray("aliases")).hasToString("[\"a\",\"b\"]"));
    }
}
