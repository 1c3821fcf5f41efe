package dev.lockstep.odd.oracle;

import dev.lockstep.odd.deployed.OddServer;
import dev.lockstep.odd.random.OddCollection;
import dev.lockstep.odd.random.OddCollection.Trait;
import dev.lockstep.system.client.Answer;
import dev.lockstep.system.client.Api;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.persistence.Entity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * One room of a run in all its forms: its part of the log, lists, tables, and its subscribers. For one thread at a
 * time.
 */
final class RoomState implements AutoCloseable {
    private final OddServer server;
    private final String application;
    private final String room;
    private final Map<String, Api> users;
    private final Map<String, Subscriber> subscribers = new LinkedHashMap<>();
    private final Rows expected = new Rows();
    private final List<Moment> moments = new ArrayList<>();
    private final Map<OddCollection, Map<String, JsonObject>> tables = new HashMap<>();
    private final Map<String, Set<String>> named = new HashMap<>();
    private long reached;

    /** The rows that each user saw at a position. */
    record Moment(long seq, Map<String, Rows> seen) {}

    /**
     * A room without writes.
     *
     * @param users its subscribers, with the headers that they send
     */
    RoomState(OddServer server, String application, String room, Map<String, List<String>> users) {
        this.server = server;
        this.application = application;
        this.room = room;
        this.users = new LinkedHashMap<>();
        this.reached = head();
        users.forEach((user, headers) -> {
            String[] all = headers.toArray(String[]::new);
            this.users.put(user, new Api(server.application(application)).with(all));
            subscribers.put(user, new Subscriber(server.application(application), room, reached, new Rows(), all));
        });
    }

    private long head() {
        return Long.parseLong(
                server.query("select seq from lockstep_head").getFirst().getString("seq"));
    }

    String room() {
        return room;
    }

    /** The position of the last action that was read. */
    long reached() {
        return reached;
    }

    /** The room's actions since the last call, which are applied to the expected lists. */
    List<LoggedAction> newActions() {
        List<LoggedAction> actions = server
                .query("select " + LoggedAction.COLUMNS + " from lockstep_action where application = '" + application
                        + "' and room = '" + room + "' and seq > " + reached + " order by seq")
                .stream()
                .map(LoggedAction::of)
                .toList();
        for (LoggedAction action : actions) {
            expected.apply(action);
            named.computeIfAbsent(action.collection(), first -> new HashSet<>()).add(action.id());
            reached = action.seq();
        }
        return actions;
    }

    /** The rows of a collection according to the log. */
    Map<String, JsonObject> logged(OddCollection collection) {
        return expected.of(collection.name());
    }

    /**
     * Compares a table with its state at the last call: rows that no action names are unchanged, deleted ones included.
     */
    private void checkUntouched(OddCollection collection, Map<String, JsonObject> now) {
        Map<String, JsonObject> before = tables.put(collection, now);
        Set<String> changed = named.put(collection.name(), new HashSet<>());
        Map<String, JsonObject> were = new HashMap<>(before == null ? Map.of() : before);
        were.values().removeIf(RoomState::isHidden);
        Map<String, JsonObject> are = new HashMap<>(now);
        if (changed != null) {
            were.keySet().removeAll(changed);
            are.keySet().removeAll(changed);
        }
        are.values().removeIf(RoomState::isHidden); // in the table, but no row of the collection
        if (!were.equals(are)) {
            throw new AssertionError(
                    "rows of " + collection + " that no action names were " + were + ", and are " + are);
        }
    }

    /** The softly deleted rows of a collection, with their columns, as of the last check. */
    List<JsonObject> deletedRows(OddCollection collection) {
        return collection.is(Trait.SOFT_DELETE)
                ? tables.getOrDefault(collection, Map.of()).values().stream()
                        .filter(row -> !row.isNull("deleted_at"))
                        .toList()
                : List.of();
    }

    /** Compares log, lists, tables and received frames of these collections. */
    void check(List<OddCollection> collections) {
        checkStored(collections);
        subscribers.forEach((user, subscriber) -> {
            Rows received = subscriber.upTo(reached);
            for (OddCollection collection : collections) {
                requireSame(
                        collection + " by the log, for " + user,
                        readable(collection, user, logged(collection)),
                        "a subscriber's rows",
                        received.of(collection.name()));
            }
        });
    }

    /** The same without received frames. */
    void checkStored(List<OddCollection> collections) {
        for (OddCollection collection : collections) {
            Map<String, JsonObject> logged = logged(collection);
            checkTable(collection, logged);
            users.forEach((user, api) -> requireSame(
                    collection + " by the log, for " + user,
                    readable(collection, user, logged),
                    "its list",
                    list(api, collection)));
        }
    }

    /** Records the rows that every user sees, so that a client may resume from here. */
    void remember() {
        Map<String, Rows> seen = new LinkedHashMap<>();
        subscribers.forEach((user, subscriber) -> seen.put(user, new Rows(subscriber.upTo(reached))));
        moments.add(new Moment(reached, seen));
    }

    List<Moment> moments() {
        return moments;
    }

    /**
     * A client that has seen everything up to a recorded position resumes: by a socket with a cursor, and by a list
     * with it.
     */
    void comeBack(Moment moment, List<OddCollection> collections, Map<String, List<String>> headers) {
        users.forEach((user, api) -> {
            Rows seen = Objects.requireNonNull(moment.seen().get(user));
            String[] all = Objects.requireNonNull(headers.get(user)).toArray(String[]::new);
            try (Subscriber late = new Subscriber(server.application(application), room, moment.seq(), seen, all)) {
                Rows received = late.upTo(reached);
                for (OddCollection collection : collections) {
                    Map<String, JsonObject> list = list(api, collection);
                    requireSame(
                            collection + " by its list, for " + user,
                            list,
                            "a socket with the cursor " + moment.seq(),
                            received.of(collection.name()));
                    requireSame(
                            collection + " by its list, for " + user,
                            list,
                            "the changes since " + moment.seq(),
                            changedSince(api, collection, moment.seq(), seen.of(collection.name())));
                }
            }
        });
    }

    private Map<String, JsonObject> changedSince(
            Api api, OddCollection collection, long seq, Map<String, JsonObject> seen) {
        Answer answer = api.get(path(collection) + "?cursor=" + seq);
        if (answer.status() != 200) {
            throw new AssertionError("the changes of " + collection + " since " + seq + ": " + answer);
        }
        Map<String, JsonObject> rows = new LinkedHashMap<>(seen);
        answer.json()
                .getJsonArray(collection.name())
                .getValuesAs(JsonObject.class)
                .forEach(row -> rows.put(row.getString("id"), row));
        answer.json().getJsonArray("$deleted").getValuesAs(JsonString.class).forEach(id -> rows.remove(id.getString()));
        return rows;
    }

    private String path(OddCollection collection) {
        return "/api/" + Requests.encoded(room) + "/" + collection.name();
    }

    /** The rows that a user reads. */
    Map<String, JsonObject> list(Api api, OddCollection collection) {
        Answer answer = api.get(path(collection));
        if (answer.status() != 200) {
            throw new AssertionError("the list of " + collection + ": " + answer);
        }
        Map<String, JsonObject> rows = new LinkedHashMap<>();
        answer.json()
                .getJsonArray(collection.name())
                .getValuesAs(JsonObject.class)
                .forEach(row -> rows.put(row.getString("id"), row));
        return rows;
    }

    private void checkTable(OddCollection collection, Map<String, JsonObject> logged) {
        Map<String, JsonObject> all = TableRows.of(server, collection, room);
        checkUntouched(collection, all);
        Map<String, JsonObject> stored = new LinkedHashMap<>(all);
        stored.values().removeIf(row -> !isLive(collection, row));
        if (!stored.keySet().equals(logged.keySet())) {
            throw new AssertionError(
                    collection + " by the log has the rows " + logged.keySet() + ", its table has " + stored.keySet());
        }
        logged.forEach((id, row) -> row.forEach((name, received) -> {
            collection.field(name).ifPresent(field -> {
                JsonObject columns = Objects.requireNonNull(stored.get(id));
                if (!field.isStored(columns, received)) {
                    throw new AssertionError("row " + id + " of " + collection + " was received with " + name + " = "
                            + received + ", and stored with " + columns);
                }
            });
        }));
    }

    private static boolean isLive(OddCollection collection, JsonObject row) {
        if (collection.is(Trait.SOFT_DELETE) && !row.isNull("deleted_at")) {
            return false;
        }
        String species = row.containsKey("species") ? row.getString("species") : "";
        if (!species.isEmpty()
                && !species.equals(
                        collection.entity().getAnnotation(Entity.class).name())) {
            return false;
        }
        return !isHidden(row);
    }

    private static boolean isHidden(JsonObject row) {
        return row.containsKey("hidden")
                && row.getString("hidden").toLowerCase(Locale.ROOT).startsWith("t");
    }

    private Map<String, JsonObject> readable(OddCollection collection, String user, Map<String, JsonObject> rows) {
        if (!collection.is(Trait.FILTERED)) {
            return rows;
        }
        Map<String, JsonObject> readable = new LinkedHashMap<>(rows);
        readable.values()
                .removeIf(row ->
                        row.getBoolean("personal") && !row.getString("author").startsWith(user + "~"));
        return readable;
    }

    static void requireSame(String what, Map<String, JsonObject> one, String other, Map<String, JsonObject> two) {
        if (!one.keySet().equals(two.keySet())) {
            throw new AssertionError(what + " has the rows " + one.keySet() + ", " + other + " has " + two.keySet());
        }
        one.forEach((id, row) -> {
            String as = Objects.requireNonNull(two.get(id)).toString();
            if (!row.toString().equals(as)) {
                throw new AssertionError(what + " has the row " + row + ", " + other + " has " + as);
            }
        });
    }

    @Override
    public void close() {
        subscribers.values().forEach(Subscriber::close);
    }
}
