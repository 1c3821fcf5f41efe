package dev.lockstep.odd.oracle;

import dev.lockstep.odd.deployed.OddServer;
import dev.lockstep.odd.random.OddCollection;
import dev.lockstep.odd.random.OddCollection.Trait;
import dev.lockstep.odd.random.Step;
import dev.lockstep.odd.random.Step.Dialect;
import dev.lockstep.system.client.Answer;
import dev.lockstep.system.client.Api;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs steps in two rooms of its own, and checks the oracle's conditions after each. */
public final class Run implements AutoCloseable {
    private static final List<String> USERS = List.of("alice", "bob");

    /** The collections that a step concerns are checked after it, all collections after this many steps. */
    private static final int STEPS_PER_FULL_CHECK = 10;

    private final OddServer server;
    private final String application;
    private final List<OddCollection> collections;
    private final Requests requests;
    private final Map<String, List<String>> headers = new LinkedHashMap<>();
    private final Map<String, Api> users = new HashMap<>();
    private final RoomState main;
    private final RoomState other;
    private final Map<Integer, Sent> sent = new ConcurrentHashMap<>();
    private int performed;

    /** A request, and its answer. */
    private record Sent(Step step, Request request, Answer answer) {}

    /** @param name of the run, unique on the server */
    public Run(OddServer server, List<OddCollection> collections, String name) {
        this.application = collections.getFirst().application();
        boolean signedIn = collections.stream().anyMatch(each -> each.is(Trait.SPEAKS_STRATA));
        this.server = server;
        this.collections = collections;
        this.requests = new Requests(name);
        for (String user : signedIn ? USERS : USERS.subList(0, 1)) {
            headers.put(user, signedIn ? List.of("Authorization", "Bearer " + user + "~" + name) : List.of());
        }
        headers.forEach((user, all) -> users.put(user, api(server, application, all)));
        main = new RoomState(server, application, name, headers);
        other = new RoomState(server, application, name + "-other", headers);
        rememberAll();
    }

    private static Api api(OddServer server, String application, List<String> headers) {
        Api api = new Api(server.application(application));
        return headers.isEmpty() ? api : api.with(headers.toArray(String[]::new));
    }

    private List<RoomState> rooms() {
        return List.of(main, other);
    }

    /** The request of a step as it was sent, or would be. */
    public String describe(Step step) {
        Sent before = sent.get(step.number());
        return before == null ? "(not sent)" : before.request() + "\n    -> " + shortened(before.answer());
    }

    private static String shortened(Answer answer) {
        String body = answer.body();
        return answer.status() + " " + (body.length() > 500 ? body.substring(0, 500) + "..." : body);
    }

    /** Runs one step, and checks everything. */
    public void perform(Step step) {
        Map<String, JsonObject> before = new LinkedHashMap<>(room(step).logged(step.collection()));
        Optional<Boolean> isValid = isValid(step);
        Sent done = send(step);
        List<LoggedAction> actions = new ArrayList<>();
        rooms().forEach(room -> actions.addAll(room.newActions()));
        isValid.ifPresent(valid -> require(
                valid == isApplied(done),
                done,
                valid ? "a valid request was refused" : "a request that breaks a rule was executed"));
        if (step.repeats().isPresent()) {
            checkRepeat(done, actions);
        } else if (isApplied(done)) {
            checkAnswer(done, actions);
            checkValues(done, actions, before);
        } else {
            checkRefusal(done, actions);
        }
        performed++;
        List<OddCollection> involved = performed % STEPS_PER_FULL_CHECK == 0 ? collections : involved(step, actions);
        rooms().forEach(room -> room.check(involved));
        rememberAll();
    }

    /** Whether a step breaks no rule of the application; empty if other conditions decide as well. */
    private Optional<Boolean> isValid(Step step) {
        if (!step.isUsual() || collections.stream().noneMatch(OddCollection::isRuled)) {
            return Optional.empty();
        }
        Validity validity = new Validity(collections, requests, !server.isPostgresql());
        for (RoomState room : rooms()) {
            for (OddCollection collection : collections) {
                room.logged(collection).values().forEach(row -> validity.live(collection, room.room(), row));
                room.deletedRows(collection).forEach(columns -> validity.deleted(collection, columns));
            }
        }
        return validity.holdsAfter(step);
    }

    private List<OddCollection> involved(Step step, List<LoggedAction> actions) {
        return collections.stream()
                .filter(each -> each.equals(step.collection())
                        || actions.stream()
                                .anyMatch(action -> action.collection().equals(each.name())))
                .toList();
    }

    /** Runs the steps of several writers at once, and checks everything when all are done. */
    public void performAtOnce(List<List<Step>> writers) throws Exception {
        List<Sent> done = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Sent>>> all = writers.stream()
                    .map(steps ->
                            executor.submit(() -> steps.stream().map(this::send).toList()))
                    .toList();
            for (Future<List<Sent>> each : all) {
                done.addAll(each.get());
            }
        }
        List<LoggedAction> actions = new ArrayList<>();
        rooms().forEach(room -> actions.addAll(room.newActions()));
        for (Sent each : done) {
            List<LoggedAction> own = actions.stream()
                    .filter(action -> requests.mutationId(each.step()).equals(action.mutation()))
                    .toList();
            if (each.step().repeats().isPresent()) {
                continue;
            }
            if (isApplied(each)) {
                checkAnswer(each, own);
            } else {
                checkRefusal(each, own);
            }
        }
        rooms().forEach(room -> room.check(collections));
        rememberAll();
    }

    /** In each room a client resumes that has seen everything up to an earlier position. */
    public void comeBack(Random random) {
        rooms().forEach(room -> room.check(collections));
        resume(random);
    }

    /** The same after a restart of the engine, which has closed all sockets. */
    public void comeBackAfterRestart(Random random) {
        rooms().forEach(room -> room.checkStored(collections));
        resume(random);
    }

    private void resume(Random random) {
        for (RoomState room : rooms()) {
            List<RoomState.Moment> moments = room.moments();
            room.comeBack(moments.get(random.nextInt(moments.size())), collections, headers);
        }
    }

    /**
     * A Strata client that bootstraps now has the rows of the lists; so has one that comes back with an earlier cursor, by
     * a page of deltas or by a socket.
     */
    public void bootstrap(Random random) {
        if (collections.stream().noneMatch(each -> each.is(Trait.SPEAKS_STRATA))) {
            return;
        }
        users.forEach((user, api) -> {
            Map<String, Map<String, JsonObject>> bootstrap = Bootstrap.of(api);
            for (OddCollection collection : collections) {
                Map<String, JsonObject> lines = new LinkedHashMap<>();
                rooms().forEach(room -> room.list(api, collection)
                        .forEach((id, row) -> lines.put(id, Bootstrap.line(collection, row))));
                RoomState.requireSame(
                        collection + " by its lists, for " + user,
                        lines,
                        "a bootstrap",
                        bootstrap.getOrDefault(collection.name(), Map.of()));
            }
            int moment = random.nextInt(main.moments().size());
            long cursor = Math.max(
                    main.moments().get(moment).seq(),
                    other.moments().get(moment).seq());
            StrataReplica byDeltas = replica(user, moment).afterDeltas(api, cursor);
            StrataReplica bySocket = replica(user, moment)
                    .afterSubscription(server.application(application), user + "~" + requests.run(), cursor);
            for (OddCollection collection : collections) {
                Map<String, JsonObject> rows = bootstrap.getOrDefault(collection.name(), Map.of());
                String what = collection + " by a bootstrap, for " + user;
                RoomState.requireSame(
                        what, rows, "a client with the deltas after " + cursor, byDeltas.of(collection.name()));
                RoomState.requireSame(what, rows, "a socket with the cursor " + cursor, bySocket.of(collection.name()));
            }
        });
    }

    /** A Strata client with the rows that a user saw at a moment. */
    private StrataReplica replica(String user, int moment) {
        StrataReplica replica = new StrataReplica();
        for (RoomState room : rooms()) {
            Rows seen = Objects.requireNonNull(room.moments().get(moment).seen().get(user));
            for (OddCollection collection : collections) {
                seen.of(collection.name()).values().forEach(row -> replica.add(Bootstrap.line(collection, row)));
            }
        }
        return replica;
    }

    private void rememberAll() {
        rooms().forEach(RoomState::remember);
    }

    private RoomState room(Step step) {
        return step.elsewhere() ? other : main;
    }

    private Sent send(Step step) {
        int own = step.number();
        Sent first = step.repeats().isPresent() ? sent.get(step.repeats().getAsInt()) : null;
        Request request =
                first != null ? first.request() : requests.of(step.repeats().isPresent() ? empty(step) : step);
        Api user = users.getOrDefault(
                first != null ? first.step().user() : step.user(),
                users.values().iterator().next());
        Answer answer = request.sendTo(user);
        Sent done = new Sent(step, request, answer);
        sent.put(own, done);
        if (step.inserts() && step.repeats().isEmpty() && isApplied(done)) {
            learnIds(done);
        }
        return done;
    }

    /** A step that repeats a removed one becomes a trivial request. */
    private static Step empty(Step step) {
        return new Step(
                step.number(),
                step.collection(),
                Step.Action.DELETE,
                Dialect.NATIVE,
                step.user(),
                false,
                "",
                List.of(new Step.Item(0, Step.reference(0), Map.of())),
                step.repeats());
    }

    /** Where answers leave out hidden rows, clients have chosen the ids. */
    private void learnIds(Sent done) {
        List<Step.Item> items = done.step().items();
        if (done.step().dialect() != Dialect.NATIVE) {
            return;
        }
        List<JsonObject> rows = received(done.answer());
        for (int i = 0; i < items.size() && rows.size() == items.size(); i++) {
            requests.learn(items.get(i).row(), rows.get(i).getString("id"));
        }
    }

    private static List<JsonObject> received(Answer answer) {
        JsonValue data = answer.json().getOrDefault("data", JsonValue.NULL);
        return switch (data.getValueType()) {
            case OBJECT -> List.of(data.asJsonObject());
            case ARRAY -> ((JsonArray) data).getValuesAs(JsonObject.class);
            default -> List.of();
        };
    }

    private static boolean isApplied(Sent done) {
        if (done.answer().status() != 200) {
            return false;
        }
        return done.step().dialect() == Dialect.NATIVE
                || done.step().repeats().isPresent()
                || result(done).getBoolean("success");
    }

    private static JsonObject result(Sent done) {
        return done.answer().json().getJsonArray("results").getJsonObject(0);
    }

    private void checkRepeat(Sent done, List<LoggedAction> actions) {
        Sent first = sent.get(done.step().repeats().orElseThrow());
        if (first == null || foundNoRow(first)) {
            return;
        }
        require(actions.isEmpty(), done, "a repeat took effect again: " + actions);
        require(
                first.answer().status() == done.answer().status()
                        && withoutRequestId(first.answer()).equals(withoutRequestId(done.answer())),
                done,
                "a repeat got another answer than the first: " + shortened(first.answer()));
    }

    /** The body of an answer without Strata's number of the request, which differs for a repeat. */
    private static String withoutRequestId(Answer answer) {
        return answer.body().replaceFirst("\"requestId\":\"[^\"]*\"", "");
    }

    /** Whether an answer is not stored, so that a repeat is evaluated again (MUT9): Strata's to a change of a missing row. */
    private static boolean foundNoRow(Sent done) {
        return done.step().dialect() == Dialect.STRATA
                && done.answer().status() == 200
                && result(done).getString("error", "").endsWith("record not found");
    }

    private void checkAnswer(Sent done, List<LoggedAction> actions) {
        if (done.step().dialect() == Dialect.STRATA) {
            String position = result(done).getString("syncId");
            require(
                    actions.stream().anyMatch(action -> position.equals(Long.toString(action.seq()))),
                    done,
                    "the answer has the position of another action: " + actions);
            return;
        }
        List<String> logged = actions.stream()
                .map(LoggedAction::row)
                .filter(Objects::nonNull)
                .map(JsonObject::toString)
                .toList();
        List<String> received =
                received(done.answer()).stream().map(JsonObject::toString).toList();
        boolean hides =
                done.step().collection().is(Trait.FILTERED) && !done.step().inserts();
        require(
                hides ? logged.containsAll(received) : logged.equals(received),
                done,
                "the answer differs from the log: " + logged);
    }

    private void checkValues(Sent done, List<LoggedAction> actions, Map<String, JsonObject> before) {
        Map<String, JsonObject> last = new LinkedHashMap<>();
        actions.stream()
                .filter(action -> action.row() != null)
                .forEach(action -> last.put(action.id(), Objects.requireNonNull(action.row())));
        Step step = done.step();
        if (step.items().size()
                != step.items().stream().map(Step.Item::row).distinct().count()) {
            return; // of two values for one field, the last counts
        }
        for (Step.Item item : step.items()) {
            JsonObject row = last.get(requests.id(done.step().collection(), item.row()));
            if (row == null || !(step.inserts() || step.updates())) {
                continue;
            }
            item.values().forEach((name, value) -> {
                JsonValue asked =
                        Rows.parse("{\"v\":" + requests.resolved(value) + "}").getOrDefault("v", JsonValue.NULL);
                boolean isNothing = step.dialect() == Dialect.STRATA && step.inserts() && asked.equals(JsonValue.NULL);
                require(
                        isNothing
                                || step.collection()
                                        .field(name)
                                        .orElseThrow()
                                        .isKept(asked, row.getOrDefault(name, JsonValue.NULL)),
                        done,
                        name + " was sent as " + asked + ", and received as " + row.get(name));
            });
            JsonObject earlier = before.get(requests.id(done.step().collection(), item.row()));
            if (step.updates() && earlier != null) {
                earlier.forEach((name, value) -> require(
                        item.values().containsKey(name)
                                || isGivenByServer(step.collection(), name)
                                || value.equals(row.get(name)),
                        done,
                        name + " was not sent, and changed from " + value + " to " + row.get(name)));
            }
        }
    }

    private static boolean isGivenByServer(OddCollection collection, String name) {
        return collection.field(name).filter(field -> field.isSent()).isEmpty();
    }

    private void checkRefusal(Sent done, List<LoggedAction> actions) {
        require(actions.isEmpty(), done, "a refused mutation is in the log: " + actions);
        Answer answer = done.answer();
        String message;
        if (answer.status() == 200) {
            message = result(done).getString("error");
        } else {
            require(answer.status() >= 400 && answer.status() < 500, done, "a refusal is no 4xx");
            message = done.step().dialect() == Dialect.STRATA ? answer.body() : answer.message();
        }
        require(!message.isBlank(), done, "a refusal has no message");
        require(
                !message.startsWith("The row misses a value, or refers to"),
                done,
                "a refusal names neither field nor cause");
        require(
                !message.matches("(?is).*(\\bselect\\b.*\\bfrom\\b|insert into|exception|org\\.|java\\.).*")
                        && collections.stream()
                                .flatMap(each -> each.tables().stream())
                                .noneMatch(table -> message.matches("(?is).*\\b" + table + "\\b.*")),
                done,
                "a refusal reveals internals");
    }

    private static void require(boolean condition, Sent done, String message) {
        if (!condition) {
            throw new AssertionError(message + "\n    " + done.request() + "\n    -> " + shortened(done.answer()));
        }
    }

    @Override
    public void close() {
        main.close();
        other.close();
    }
}
