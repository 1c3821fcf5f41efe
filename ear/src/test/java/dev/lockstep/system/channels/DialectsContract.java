package dev.lockstep.system.channels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.channels.ChannelClient.Mutation;
import dev.lockstep.system.channels.ChannelClient.Place;
import dev.lockstep.system.client.Answer;
import dev.lockstep.system.client.Api;
import dev.lockstep.system.client.BroadcastSocket;
import dev.lockstep.system.client.StrataUser;
import dev.lockstep.system.livestore.StoreClient;
import dev.lockstep.system.livestore.StoreClient.Transport;
import dev.lockstep.system.server.Deadline;
import dev.lockstep.system.server.Server;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * One list of todos that clients of all dialects write to and read: the native one by REST and by a socket, Strata's, both
 * generations of channels, and LiveStore's, whose events are projected on the rows. Titles are unique, so a title is a write.
 */
public abstract class DialectsContract {
    /** The clients that write, by their dialects. */
    private static final int NATIVE = 0;

    private static final int STRATA = 1;
    private static final int OLDER = 2;
    private static final int NEWER = 3;
    private static final int STORE = 4;
    private static final int WRITERS = 5;

    private static final int SECONDS_MAX = 20;
    private static final int WRITES_AT_ONCE = 10;

    private final String list = "list-" + UUID.randomUUID();
    private final URI application;
    private final Api api;
    private final StrataUser strata;
    private final Place place;

    private final List<AutoCloseable> open = new ArrayList<>();
    private BroadcastSocket nativeSocket;
    private BroadcastSocket strataSocket;
    private BroadcastSocket olderSocket;
    private OlderClient older;
    private NewerClient newer;
    private StoreClient store;

    /** Held by the user of {@link #store}, which has one request at a time. */
    private final Object storeTurn = new Object();

    /** Writes as the sockets showed them, in order. */
    private final List<String> ofNative = new ArrayList<>();

    private final List<String> ofStrata = new ArrayList<>();
    private final List<String> ofOlder = new ArrayList<>();

    /** Tests of the application with one collection in all dialects. */
    protected DialectsContract(Server server) {
        application = server.application("dialects");
        api = new Api(application);
        strata = new StrataUser(application, "sam@" + list + "-token");
        place = new Place(application, "todos:" + list, "title", SessionCookies.of(application, "carol"));
    }

    @BeforeEach
    void connect() {
        nativeSocket = opened(BroadcastSocket.on(application, list));
        assertThat(nativeSocket.next().type()).isEqualTo("sync-init");
        strataSocket = opened(strata.subscribe("0"));
        olderSocket = opened(
                BroadcastSocket.at(application, "/api/sync", place.headers().toArray(String[]::new)));
        olderSocket.send("{\"type\":\"subscribe\",\"channel\":\"" + place.channel() + "\"}");
        assertThat(olderSocket.next().type()).isEqualTo("snapshot");
        older = opened(new OlderClient(place, Optional.empty()));
        newer = opened(new NewerClient(place));
        older.connect();
        newer.connect();
        store = opened(new StoreClient(Transport.WS, application, list, ""));
        until("the channels are subscribed", () -> older.isSubscribed() && newer.isSubscribed());
    }

    private <T extends AutoCloseable> T opened(T client) {
        open.add(client);
        return client;
    }

    @AfterEach
    void disconnect() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    @Tag("CH2")
    @Tag("LOG2")
    @DisplayName(
            "[CH2][LOG2] what a client of one dialect writes, clients of all dialects see, in one order, each once")
    void oneAfterAnother() {
        List<String> keys = IntStream.range(0, WRITERS)
                .mapToObj(number -> list + "-" + number)
                .toList();
        List<String> expected = new ArrayList<>();
        for (int writer = 0; writer < keys.size(); writer++) {
            write(writer, keys.get(writer), "created by " + writer, true);
            expected.add("created by " + writer);
            assertSeen(expected);
        }
        for (int writer = 0; writer < keys.size(); writer++) {
            write(writer, keys.get((writer + 1) % keys.size()), "changed by " + writer, false);
            expected.add("changed by " + writer);
            assertSeen(expected);
        }
    }

    @Test
    @Tag("CH2")
    @Tag("LOG2")
    @DisplayName("[CH2][LOG2] what clients of all dialects write at once, all see in the order of the log, each once")
    void atOnce() {
        List<String> written = new ArrayList<>();
        List<CompletableFuture<Void>> writing = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            int mine = writer;
            IntStream.range(0, WRITES_AT_ONCE)
                    .mapToObj(number -> title(mine, number))
                    .forEach(written::add);
            if (mine != OLDER && mine != NEWER) {
                writing.add(CompletableFuture.runAsync(
                        () -> IntStream.range(0, WRITES_AT_ONCE)
                                .forEach(number ->
                                        write(mine, list + "-" + title(mine, number), title(mine, number), true)),
                        task -> Thread.ofVirtual().start(task)));
            }
        }
        for (int number = 0; number < WRITES_AT_ONCE; number++) {
            write(OLDER, list + "-" + title(OLDER, number), title(OLDER, number), true);
            write(NEWER, list + "-" + title(NEWER, number), title(NEWER, number), true);
        }
        writing.forEach(CompletableFuture::join);
        until("all is seen", () -> {
            readSockets();
            return newer.changes().size() >= written.size()
                    && ofNative.size() >= written.size()
                    && ofStrata.size() >= written.size()
                    && ofOlder.size() >= written.size()
                    && titlesOfEvents().size() >= written.size();
        });

        List<String> log = ofNewer();
        assertThat(log).containsExactlyInAnyOrderElementsOf(written);
        assertThat(ofNative).isEqualTo(log);
        assertThat(ofStrata).isEqualTo(log);
        assertThat(ofOlder).isEqualTo(log);
        // The events that follow other dialects' writes are appended after them, by several threads.
        assertThat(titlesOfEvents()).containsExactlyInAnyOrderElementsOf(written);
        assertThat(titlesOfEvents().stream()
                        .filter(each -> each.startsWith(STORE + "/"))
                        .toList())
                .isEqualTo(log.stream()
                        .filter(each -> each.startsWith(STORE + "/"))
                        .toList());
        assertListsAreEqual();
    }

    @Test
    @Tag("ENT30")
    @Tag("CH2")
    @DisplayName(
            "[ENT30][CH2] rows that the table had before the first deployment are shown in all dialects, with times")
    void existingRows() {
        Map<String, String> expected = Map.of("old-1", "one", "old-2", "two");
        List<JsonObject> listed =
                api.get("/api/existing/todos").json().getJsonArray("todos").getValuesAs(JsonObject.class);
        assertThat(listed).hasSize(2).allSatisfy(row -> {
            assertThat(row.getString("title")).isEqualTo(expected.get(row.getString("id")));
            assertThat(row.getString("createdAt")).startsWith("20").isEqualTo(row.getString("updatedAt"));
        });

        String bootstrap = new StrataUser(application, "tim@existing-token")
                .api()
                .get("/sync/bootstrap?type=full&syncGroups=existing")
                .body();
        assertThat(bootstrap).contains("\"old-1\"", "\"old-2\"", "\"rowCount\":2");

        Place old = new Place(application, "todos:existing", "title", SessionCookies.of(application, "carol"));
        OlderClient first = opened(new OlderClient(old, Optional.empty()));
        NewerClient second = opened(new NewerClient(old));
        first.connect();
        second.connect();
        Deadline.ofSeconds(SECONDS_MAX).until("the channels show the rows", () -> {
            first.handleArrived();
            second.handleArrived();
            return first.texts().equals(expected) && second.texts().equals(expected);
        });
    }

    @Test
    @Tag("ENT4")
    @DisplayName(
            "[ENT4] in Strata's dialect too a relation leads to a row of the same room, and to no other or deleted one")
    void relationsInStrata() {
        String first = list + "-first";
        String second = list + "-second";
        writeInStrata(first, "first", true);
        writeInStrata(second, "second", true);
        for (String other : List.of("old-1", "nobody")) {
            JsonObject refused = inStrata("UPDATE", second, "{\"after\":\"" + other + "\"}");
            assertThat(refused.getBoolean("success")).as(refused.toString()).isFalse();
            assertThat(refused.toString()).contains("that can be referred to here");
        }
        assertThat(inStrata("UPDATE", second, "{\"after\":\"" + first + "\"}").getBoolean("success"))
                .isTrue();
        assertThat(strata.api()
                        .get("/sync/bootstrap?type=full&syncGroups=" + list)
                        .body())
                .contains("\"after\":\"" + first + "\"");

        assertThat(inStrata("UPDATE", second, "{\"after\":null}").getBoolean("success"))
                .isTrue();
        assertThat(inStrata("DELETE", first, "{}").getBoolean("success")).isTrue();
        JsonObject deleted = inStrata("UPDATE", second, "{\"after\":\"" + first + "\"}");
        assertThat(deleted.getBoolean("success")).as(deleted.toString()).isFalse();
    }

    @Test
    @Tag("ENT8")
    @Tag("CH2")
    @DisplayName("[ENT8][CH2] a row whose id has two columns has the same text as its id in all dialects")
    void idOfTwoColumns() {
        Place tallies = new Place(application, "tallies:" + list, "label", SessionCookies.of(application, "carol"));
        OlderClient first = opened(new OlderClient(tallies, Optional.empty()));
        NewerClient second = opened(new NewerClient(tallies));
        first.connect();
        second.connect();

        String fruit = list + "~fresh!20fruit";
        Answer made = api.post("/api/" + list + "/tallies", "{\"label\":\"fresh fruit\",\"amount\":1}");
        assertThat(made.status()).as(made.body()).isEqualTo(200);
        assertThat(made.row().getString("id")).isEqualTo(fruit);
        assertThat(nativeSocket.next().text()).contains(made.rowText());
        String nuts = list + "~nuts";
        assertThat(inStrata("tallies", "INSERT", nuts, "{\"amount\":5,\"list\":\"" + list + "\"}")
                        .getBoolean("success"))
                .isTrue();
        assertThat(inStrata("tallies", "UPDATE", fruit, "{\"amount\":2}").getBoolean("success"))
                .isTrue();
        JsonObject refused = inStrata("tallies", "UPDATE", fruit, "{\"label\":\"other\"}");
        assertThat(refused.getBoolean("success")).isFalse();
        assertThat(refused.getString("error")).contains("is part of the id, which cannot change");

        assertThat(strata.api()
                        .get("/sync/bootstrap?type=full&syncGroups=" + list)
                        .body())
                .contains(
                        "\"id\":\"" + fruit + "\",\"list\":\"" + list + "\",\"label\":\"fresh fruit\",\"amount\":2",
                        "\"id\":\"" + nuts + "\",\"list\":\"" + list + "\",\"label\":\"nuts\",\"amount\":5");
        Map<String, String> expected = Map.of(fruit, "fresh fruit", nuts, "nuts");
        Deadline.ofSeconds(SECONDS_MAX).until("the channels show the rows", () -> {
            first.handleArrived();
            second.handleArrived();
            return first.texts().equals(expected) && second.texts().equals(expected);
        });

        assertThat(api.delete("/api/" + list + "/tallies/" + fruit).status()).isEqualTo(200);
        assertThat(inStrata("tallies", "DELETE", nuts, "{}").getBoolean("success"))
                .isTrue();
        assertThat(api.get("/api/" + list + "/tallies").body()).contains("\"tallies\":[]");
        Deadline.ofSeconds(SECONDS_MAX).until("the channels show no row", () -> {
            first.handleArrived();
            second.handleArrived();
            return first.texts().isEmpty() && second.texts().isEmpty();
        });
    }

    private static String title(int writer, int number) {
        return writer + "/" + number;
    }

    /** Creates or renames a todo as a client of one dialect; for a channel, the answer is not awaited. */
    private void write(int writer, String key, String title, boolean isNew) {
        JsonObject row =
                Json.createObjectBuilder().add("id", key).add("title", title).build();
        switch (writer) {
            case NATIVE -> {
                Answer answer = isNew
                        ? api.post("/api/" + list + "/todos", row.toString())
                        : api.put("/api/" + list + "/todos/" + key, "{\"title\":\"" + title + "\"}");
                assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            }
            case STRATA -> writeInStrata(key, title, isNew);
            case OLDER -> older.mutate(isNew ? Mutation.create(place, key, title) : Mutation.update(place, key, title));
            case NEWER -> newer.mutate(isNew ? Mutation.create(place, key, title) : Mutation.update(place, key, title));
            default -> append(isNew ? "v1.ItemAdded" : "v1.ItemRenamed", key, title);
        }
    }

    private void writeInStrata(String key, String title, boolean isNew) {
        JsonObject payload =
                Json.createObjectBuilder().add("title", title).add("list", list).build();
        String action = isNew ? "INSERT" : "UPDATE";
        JsonObject result = inStrata(action, key, isNew ? payload.toString() : "{\"title\":\"" + title + "\"}");
        assertThat(result.getBoolean("success")).as(result.toString()).isTrue();
    }

    /** The result of a transaction. */
    private JsonObject inStrata(String action, String key, String payload) {
        return inStrata("todos", action, key, payload);
    }

    private JsonObject inStrata(String model, String action, String key, String payload) {
        return strata.api()
                .post(
                        "/sync/mutate",
                        "{\"batchId\":\"b\",\"transactions\":[{\"action\":\"" + action
                                + "\",\"clientId\":\"c\",\"clientTxId\":\"" + UUID.randomUUID()
                                + "\",\"modelName\":\"" + model + "\",\"modelId\":\"" + key + "\",\"payload\":"
                                + payload
                                + "}]}")
                .json()
                .getJsonArray("results")
                .getJsonObject(0);
    }

    /** Appends an event as LiveStore's clients do: on the head, and again when another one was faster. */
    private void append(String name, String key, String title) {
        String args = Json.createObjectBuilder()
                .add("id", key)
                .add("text", title)
                .build()
                .toString();
        synchronized (storeTurn) {
            Deadline.ofSeconds(SECONDS_MAX).until("the event is appended", () -> {
                long head = store.events().stream()
                        .mapToLong(event -> event.getJsonNumber("seqNum").longValueExact())
                        .max()
                        .orElse(0);
                JsonObject exit = store.push(head, name, args);
                boolean isAppended = exit.getString("_tag").equals("Success");
                assertThat(isAppended || exit.toString().contains("ServerAheadError"))
                        .as(exit.toString())
                        .isTrue();
                return isAppended;
            });
        }
    }

    /** All dialects show these writes, and no others, in this order; and the list that they give. */
    private void assertSeen(List<String> expected) {
        String last = expected.getLast();
        until(last + " is seen", () -> {
            readSockets();
            return newer.changes().size() >= expected.size()
                    && older.texts().containsValue(last)
                    && ofNative.size() >= expected.size()
                    && ofStrata.size() >= expected.size()
                    && ofOlder.size() >= expected.size()
                    && titlesOfEvents().size() >= expected.size();
        });
        assertThat(ofNewer()).isEqualTo(expected);
        assertThat(ofNative).isEqualTo(expected);
        assertThat(ofStrata).isEqualTo(expected);
        assertThat(ofOlder).isEqualTo(expected);
        assertThat(titlesOfEvents()).isEqualTo(expected);
        assertListsAreEqual();
    }

    private void assertListsAreEqual() {
        Map<String, String> listed = new TreeMap<>();
        for (JsonObject row :
                api.get("/api/" + list + "/todos").json().getJsonArray("todos").getValuesAs(JsonObject.class)) {
            listed.put(row.getString("id"), row.getString("title"));
        }
        until(
                "the clients answered",
                () -> older.waiting().isEmpty() && newer.waiting().isEmpty());
        assertThat(older.texts()).isEqualTo(listed);
        assertThat(newer.texts()).isEqualTo(listed);
        Map<String, String> ofStore = new TreeMap<>();
        events().forEach(args -> ofStore.put(args.getString("id"), args.getString("text")));
        assertThat(ofStore).isEqualTo(listed);
    }

    private List<String> ofNewer() {
        return newer.changes().stream()
                .map(change ->
                        change.getJsonObject("change").getJsonObject("row").getString("title"))
                .toList();
    }

    private List<JsonObject> events() {
        synchronized (storeTurn) {
            return store.events().stream()
                    .map(event -> event.getJsonObject("args"))
                    .toList();
        }
    }

    private List<String> titlesOfEvents() {
        return events().stream().map(args -> args.getString("text")).toList();
    }

    /** A commit that projects several events has one frame of several rows. */
    private void readSockets() {
        while (nativeSocket.unread() > 0) {
            JsonObject frame = nativeSocket.next().json();
            rows(frame.getOrDefault("payload", JsonValue.EMPTY_JSON_ARRAY))
                    .forEach(row -> ofNative.add(row.getString("title")));
        }
        while (strataSocket.unread() > 0) {
            StrataUser.actions(strataSocket.next())
                    .forEach(action -> ofStrata.add(action.getJsonObject("data").getString("title")));
        }
        while (olderSocket.unread() > 0) {
            JsonObject frame = olderSocket.next().json();
            rows(frame.getOrDefault("changes", frame))
                    .forEach(change -> ofOlder.add(change.getJsonObject("data").getString("title")));
        }
    }

    private static List<JsonObject> rows(JsonValue oneOrMore) {
        return oneOrMore instanceof JsonArray several
                ? several.getValuesAs(JsonObject.class)
                : List.of(oneOrMore.asJsonObject());
    }

    private void until(String what, BooleanSupplier condition) {
        try {
            Deadline.ofSeconds(SECONDS_MAX).until(what, () -> {
                older.handleArrived();
                newer.handleArrived();
                return condition.getAsBoolean();
            });
        } catch (AssertionError late) {
            throw new AssertionError(late.getMessage() + "; seen: " + seen(), late);
        }
    }

    /** The titles that each client has seen. */
    private Map<String, List<String>> seen() {
        return Map.of(
                "native", ofNative,
                "strata", ofStrata,
                "channels 1.x", ofOlder,
                "channels 2.0", ofNewer(),
                "events", titlesOfEvents());
    }
}
