package dev.lockstep.odd.oracle;

import dev.lockstep.odd.random.OddCollection;
import dev.lockstep.system.client.Answer;
import dev.lockstep.system.client.Api;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows of a Strata client's bootstrap, in the form of the native dialect's lists. */
final class Bootstrap {
    private Bootstrap() {}

    /** The rows of all groups of a user, by collection and id. */
    static Map<String, Map<String, JsonObject>> of(Api user) {
        Answer answer = user.get("/sync/bootstrap");
        List<JsonObject> lines =
                answer.status() == 200 ? answer.body().lines().map(Rows::parse).toList() : List.of();
        if (lines.isEmpty() || !lines.getLast().getString("type", "").equals("end")) {
            throw new AssertionError("a bootstrap has no end: " + answer);
        }
        Map<String, Map<String, JsonObject>> rows = new LinkedHashMap<>();
        for (JsonObject line : lines.subList(1, lines.size() - 1)) {
            rows.computeIfAbsent(line.getString("__class"), first -> new LinkedHashMap<>())
                    .put(line.getString("id"), line);
        }
        return rows;
    }

    /** A row of a list in the form of a bootstrap. */
    static JsonObject line(OddCollection collection, JsonObject row) {
        JsonObjectBuilder line = Json.createObjectBuilder().add("__class", collection.name());
        Millis.in(collection, row).forEach(line::add);
        return line.build();
    }
}
