package dev.lockstep.odd.oracle;

import dev.lockstep.odd.random.KeyText;
import dev.lockstep.odd.random.OddCollection;
import dev.lockstep.odd.random.OddCollection.Trait;
import dev.lockstep.odd.random.Step;
import dev.lockstep.odd.random.Step.Dialect;
import dev.lockstep.odd.random.Step.Item;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes requests from steps, for one run: each run has rooms, ids and mutation ids of its own. Thread-safe. */
final class Requests {
    private static final Pattern REFERENCE = Pattern.compile("\u27e6(\\d+)\u27e7");

    /** One in this many rows is inserted with its parts and the id that they form, the others with the parts alone. */
    private static final int KEYS_PER_ID = 3;

    private final String run;
    private final Map<Integer, String> ids = new ConcurrentHashMap<>();

    /** @param run the name of the run, which is that of its room */
    Requests(String run) {
        this.run = run;
    }

    /** The name of the run. */
    String run() {
        return run;
    }

    /** The name of a step's room. */
    String room(Step step) {
        return step.elsewhere() ? run + "-other" : run;
    }

    /** The id of a row by its number: the one that the server gave, else the client's. */
    String id(OddCollection collection, int row) {
        return ids.getOrDefault(row, ChosenIds.of(collection, run, row));
    }

    void learn(int row, String id) {
        ids.put(row, id);
    }

    /** The mutation id of a step. */
    String mutationId(Step step) {
        return run + "-m" + step.number();
    }

    Request of(Step step) {
        return step.dialect() == Dialect.STRATA ? strata(step) : inNative(step);
    }

    private Request inNative(Step step) {
        String collection =
                "/api/" + encoded(room(step)) + "/" + step.collection().name();
        Item first = step.items().getFirst();
        String row = collection + "/" + encoded(id(step.collection(), first.row()));
        return switch (step.action()) {
            case INSERT -> new Request("POST", collection, "{" + fields(step, first) + envelope(step) + "}");
            case UPDATE -> new Request("PUT", row, "{" + members(first.values()) + envelope(step) + "}");
            case DELETE ->
                new Request("DELETE", row + "?_clientMutationId=" + encoded(mutationId(step)) + scopeInQuery(step), "");
            case BULK_INSERT -> bulk("POST", collection, step, item -> "{" + withoutComma(fields(step, item)) + "}");
            case BULK_UPDATE ->
                bulk(
                        "PUT",
                        collection,
                        step,
                        item -> "{\"id\":" + quoted(id(step.collection(), item.row())) + ",\"data\":{"
                                + withoutComma(members(item.values())) + "}}");
            case BULK_DELETE -> bulk("DELETE", collection, step, item -> quoted(id(step.collection(), item.row())));
            case ARCHIVE, UNARCHIVE ->
                throw new IllegalArgumentException("the native dialect knows no " + step.action());
        };
    }

    private interface ItemForm {
        String of(Item item);
    }

    private Request bulk(String method, String collection, Step step, ItemForm form) {
        StringJoiner items = new StringJoiner(",", "[", "]");
        step.items().forEach(item -> items.add(form.of(item)));
        String key = method.equals("DELETE") ? "ids" : "items";
        return new Request(method, collection + "/bulk", "{\"" + key + "\":" + items + "," + envelope(step) + "}");
    }

    private Request strata(Step step) {
        Item item = step.items().getFirst();
        String payload = switch (step.action()) {
            case INSERT, UPDATE -> strataMembers(step, item) + "\"room\":" + quoted(room(step));
            case ARCHIVE -> "\"archivedAt\":1764410400000";
            default -> step.collection().is(Trait.COMPOSITE_KEY) ? withoutComma(members(item.values())) : "";
        };
        String transaction = "{\"action\":\"" + step.action() + "\",\"clientId\":" + quoted(run) + ",\"clientTxId\":"
                + quoted(mutationId(step)) + ",\"modelId\":"
                + modelId(step, item)
                + ",\"modelName\":" + quoted(step.collection().name()) + ",\"payload\":{" + payload + "}}";
        return new Request("POST", "/sync/mutate", "{\"batchId\":\"b\",\"transactions\":[" + transaction + "]}");
    }

    private String modelId(Step step, Item item) {
        if (!step.inserts() || item.id().equals("null")) {
            return quoted(id(step.collection(), item.row()));
        }
        if (step.collection().is(Trait.KEY_OF_COLUMNS)) {
            String key = keyText(step, item);
            learn(item.row(), key);
            return quoted(key);
        }
        return chosenId(step, item);
    }

    /** The id that a new row is sent with. */
    private String chosenId(Step step, Item item) {
        return item.id().equals(Step.reference(item.row()))
                ? quoted(id(step.collection(), item.row()))
                : resolved(item.id());
    }

    /** The id that the sent parts form. */
    private String keyText(Step step, Item item) {
        return KeyText.of(
                step.collection(), Rows.parse("{" + members(item.values()) + "\"room\":" + quoted(room(step)) + "}"));
    }

    private String fields(Step step, Item item) {
        String id = "";
        if (step.collection().is(Trait.CLIENT_IDS)) {
            id = "\"id\":" + chosenId(step, item) + ",";
        } else if (step.collection().is(Trait.KEY_OF_COLUMNS) && item.row() % KEYS_PER_ID == 0) {
            id = "\"id\":" + quoted(keyText(step, item)) + ",";
        }
        return id + members(item.values());
    }

    private String envelope(Step step) {
        return "\"_clientMutationId\":" + quoted(mutationId(step))
                + (step.scope().isEmpty() ? "" : ",\"scope\":" + quoted(step.scope()));
    }

    private static String scopeInQuery(Step step) {
        return step.scope().isEmpty() ? "" : "&scope=" + encoded(step.scope());
    }

    /** Members, each with a trailing comma. */
    private String members(Map<String, String> values) {
        StringBuilder json = new StringBuilder();
        values.forEach((name, value) ->
                json.append(quoted(name)).append(':').append(resolved(value)).append(','));
        return json.toString();
    }

    /** Members as Strata's clients send them; other values are sent as they are. */
    private String strataMembers(Step step, Item item) {
        StringBuilder json = new StringBuilder();
        item.values().forEach((name, value) -> {
            JsonValue parsed = Rows.parse("{\"v\":" + resolved(value) + "}").getOrDefault("v", JsonValue.NULL);
            JsonValue millis = Millis.of(step.collection(), name, parsed);
            json.append(quoted(name))
                    .append(':')
                    .append(millis.equals(parsed) ? resolved(value) : millis.toString())
                    .append(',');
        });
        return json.toString();
    }

    private static String withoutComma(String members) {
        return members.endsWith(",") ? members.substring(0, members.length() - 1) : members;
    }

    /** A value with the ids of the rows that it refers to. */
    String resolved(String json) {
        Matcher matcher = REFERENCE.matcher(json);
        return matcher.replaceAll(found -> {
            int row = Integer.parseInt(found.group(1));
            String quoted = quoted(ids.getOrDefault(row, run + "-" + row));
            return Matcher.quoteReplacement(quoted.substring(1, quoted.length() - 1));
        });
    }

    private static String quoted(String text) {
        return Json.createValue(text).toString();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
