package dev.lockstep.wire.cfsync.openapi;

import static dev.lockstep.wire.cfsync.openapi.Json.object;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Operation;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.wire.json.PlainJson;
import dev.lockstep.wire.json.RefusalJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The OpenAPI 3.1 document of an application: every collection's routes with their bodies, the refusals, and the ways to sign
 * in. It describes the current layout of paths only.
 */
public final class OpenApiDocument {
    private static final String JSON = "application/json";

    /** The refusals of any route, by status. Others belong to some kinds of requests. */
    private static final Set<Integer> ANY_STATUS = Set.of(400, 401, 403, 404, 500, 503);

    private static final Set<Integer> WRITE_STATUS = Set.of(400, 401, 403, 404, 409, 413, 415, 500, 503);

    private final String application;
    private final List<CollectionModel> models;
    private final int bulkRowsMax;
    private final SecuritySchemes security;

    /**
     * @param bulkRowsMax most rows of a bulk, and changes of a mutation
     * @param cookie the cookie that may carry a token
     */
    public OpenApiDocument(String application, List<CollectionModel> models, int bulkRowsMax, Optional<String> cookie) {
        this.application = application;
        this.models = List.copyOf(models);
        this.bulkRowsMax = bulkRowsMax;
        security = new SecuritySchemes(cookie);
    }

    /**
     * The document as JSON.
     *
     * @param server the address of the REST application, such as {@code /todo-app/api}
     */
    public String json(String server) {
        Map<String, Object> paths = new LinkedHashMap<>();
        models.forEach(model -> addPaths(model, paths));
        if (models.stream().noneMatch(model -> model.name().value().equals("mutations"))) {
            paths.put("/{room}/mutations", mutations());
        }
        paths.put("/health", object("get", health()));
        paths.put("/ticket", object("post", ticket()));
        paths.put("/parties/main/{room}", socket(server));
        return PlainJson.write(object(
                "openapi", "3.1.0",
                "info", object("title", application, "version", "1"),
                "servers", List.of(object("url", server)),
                "security", security.ofRequests(),
                "paths", paths,
                "components", components()));
    }

    private void addPaths(CollectionModel model, Map<String, Object> paths) {
        String list = "/{room}/" + model.name();
        boolean inserts = model.operations().contains(Operation.INSERT);
        boolean updates = model.operations().contains(Operation.UPDATE);
        boolean deletes = model.operations().contains(Operation.DELETE);
        Map<String, Object> ofList = object("parameters", List.of(parameter("room")), "get", list(model));
        Map<String, Object> ofRow = object("parameters", List.of(parameter("room"), parameter("row")));
        Map<String, Object> ofBulk = object("parameters", List.of(parameter("room")));
        if (inserts) {
            ofList.put("post", write("insert", model, withMutationId(name(model, "Insert")), one(model)));
            ofBulk.put("post", write("bulkInsert", model, items(ref(name(model, "Insert"))), many(model)));
        }
        if (updates) {
            ofRow.put("put", write("update", model, withMutationId(name(model, "Update")), oneOrNull(model)));
            Map<String, Object> item = object(
                    "type", "object",
                    "properties", object("id", object("type", "string"), "data", ref(name(model, "Update"))),
                    "required", List.of("id", "data"));
            ofBulk.put("put", write("bulkUpdate", model, items(item), many(model)));
        }
        if (deletes) {
            Map<String, Object> delete = write("delete", model, object(), object());
            delete.remove("requestBody");
            delete.put("parameters", List.of(parameter("mutationId"), parameter("scope")));
            ofRow.put("delete", delete);
            ofBulk.put("delete", write("bulkDelete", model, ids(), object()));
        }
        paths.put(list, ofList);
        if (updates || deletes) {
            paths.put(list + "/{row}", ofRow);
        }
        if (inserts || updates || deletes) {
            paths.put(list + "/bulk", ofBulk);
        }
    }

    private static Map<String, Object> list(CollectionModel model) {
        Map<String, Object> rows = object(
                "type", "object",
                "properties",
                        object(
                                model.name().value(),
                                array(ref(name(model, ""))),
                                "$deleted",
                                array(object("type", "string")),
                                "$seq",
                                object("type", "integer")),
                "required", List.of(model.name().value()));
        List<Object> parameters = new ArrayList<>(new ListQuery(model).parameters());
        for (String each : List.of("scope", "limit", "after", "cursor")) {
            parameters.add(parameter(each));
        }
        Map<String, Object> responses = object("200", ok("The rows", rows), "304", object("description", "Unchanged"));
        refusals(responses, ANY_STATUS);
        responses.put("410", response("Refused"));
        return object(
                "operationId",
                "list_" + model.name(),
                "tags",
                List.of(model.name().value()),
                "parameters",
                parameters,
                "responses",
                responses);
    }

    private static Map<String, Object> write(
            String action, CollectionModel model, Map<String, Object> body, Map<String, Object> data) {
        Map<String, Object> responses = object("200", ok("Done", success(data)));
        refusals(responses, WRITE_STATUS);
        return object(
                "operationId",
                action + "_" + model.name(),
                "tags",
                List.of(model.name().value()),
                "requestBody",
                body(body),
                "responses",
                responses);
    }

    private Map<String, Object> mutations() {
        List<Object> kinds = new ArrayList<>();
        for (CollectionModel model : models) {
            addKind(kinds, model, Operation.INSERT, "insert", "Insert");
            addKind(kinds, model, Operation.UPDATE, "update", "Update");
            addKind(kinds, model, Operation.DELETE, "delete", "");
        }
        Map<String, Object> properties = object(
                "changes", sized(kinds.isEmpty() ? object() : object("oneOf", kinds)), "_clientMutationId", id());
        Map<String, Object> body = object("type", "object", "properties", properties, "required", List.of("changes"));
        Map<String, Object> answer = success(array(object("type", List.of("object", "null"))));
        Map<String, Object> responses = object("200", ok("One element for each change, and their position", answer));
        refusals(responses, WRITE_STATUS);
        responses.put("405", response("Refused"));
        return object(
                "parameters", List.of(parameter("room")),
                "post",
                        object(
                                "operationId",
                                "mutate",
                                "summary",
                                "Changes of any collections, all or none",
                                "requestBody",
                                body(body),
                                "responses",
                                responses));
    }

    private static void addKind(
            List<Object> kinds, CollectionModel model, Operation operation, String action, String suffix) {
        if (!model.operations().contains(operation)) {
            return;
        }
        Map<String, Object> properties = object(
                "collection", object("const", model.name().value()),
                "action", object("const", action),
                "id", object("type", "string"));
        List<String> required = new ArrayList<>(List.of("collection", "action"));
        if (operation != Operation.DELETE) {
            properties.put("data", ref(name(model, suffix)));
            required.add("data");
        }
        if (operation != Operation.INSERT) {
            required.add("id");
        }
        kinds.add(object("type", "object", "properties", properties, "required", required));
    }

    private static Map<String, Object> health() {
        return object(
                "operationId", "health",
                "security", List.of(object()),
                "responses", object("200", ok("The server is up", object("type", "object"))));
    }

    private Map<String, Object> ticket() {
        Map<String, Object> answer = object(
                "type", "object",
                "properties", object("ticket", object("type", "string"), "expiresInSeconds", object("type", "integer")),
                "required", List.of("ticket", "expiresInSeconds"));
        Map<String, Object> responses = object(
                "200",
                object("description", "A ticket for one socket", "content", object(JSON, object("schema", answer))));
        refusals(responses, Set.of(401, 500, 503));
        return object("operationId", "ticket", "security", security.ofCallers(), "responses", responses);
    }

    /** The socket is at the context root, beside the REST application. */
    private Map<String, Object> socket(String server) {
        Map<String, Object> get = object(
                "operationId", "socket",
                "summary", "The changes of a room, by WebSocket",
                "security", security.ofSockets(),
                "parameters", List.of(parameter("room"), parameter("cursor")),
                "responses", object("101", object("description", "The socket is open"), "401", response("Refused")));
        return object("servers", List.of(object("url", server.substring(0, server.lastIndexOf('/') + 1))), "get", get);
    }

    private Map<String, Object> components() {
        Map<String, Object> schemas = new LinkedHashMap<>();
        for (CollectionModel model : models) {
            CollectionSchemas of = new CollectionSchemas(model);
            schemas.put(name(model, ""), of.row());
            schemas.put(name(model, "Insert"), of.insert());
            schemas.put(name(model, "Update"), of.update());
        }
        schemas.put("lockstep.Refusal", refusal());
        return object(
                "schemas", schemas,
                "parameters",
                        object(
                                "room",
                                inPath("room", "The name of the room"),
                                "row",
                                inPath("row", "The id of the row"),
                                "scope",
                                inQuery("scope", object("type", "string")),
                                "limit",
                                inQuery("limit", object("type", "integer", "minimum", 1, "maximum", 1000)),
                                "after",
                                inQuery("after", object("type", "string")),
                                "cursor",
                                inQuery("cursor", object("type", "integer", "minimum", 0)),
                                "mutationId",
                                inQuery("_clientMutationId", id())),
                "headers",
                        object(
                                "Position",
                                object(
                                        "description",
                                        "The position in the log",
                                        "schema",
                                        object("type", "integer", "minimum", 1))),
                "responses",
                        object(
                                "Refused",
                                object(
                                        "description",
                                        "The request is refused, and nothing is changed",
                                        "content",
                                        object(JSON, object("schema", ref("lockstep.Refusal"))))),
                "securitySchemes", security.all());
    }

    private static Map<String, Object> refusal() {
        Set<String> codes = new TreeSet<>(
                Arrays.stream(ErrorCode.values()).map(RefusalJson::code).toList());
        Map<String, Object> issue = object(
                "type", "object",
                "properties",
                        object(
                                "message", object("type", "string"),
                                "path", array(object("type", "string"))),
                "required", List.of("message", "path"));
        Map<String, Object> error = object(
                "type", "object",
                "properties",
                        object(
                                "message", object("type", "string"),
                                "code", object("type", "string", "enum", List.copyOf(codes)),
                                "issues", array(issue),
                                "current", object("type", "object")),
                "required", List.of("message", "code"));
        return object("type", "object", "properties", object("error", error), "required", List.of("error"));
    }

    private static void refusals(Map<String, Object> responses, Set<Integer> statuses) {
        new TreeSet<>(statuses).forEach(status -> responses.put(String.valueOf(status), response("Refused")));
    }

    /** The name of a schema. Collections have no dot in their names, so that names never collide. */
    private static String name(CollectionModel model, String suffix) {
        return suffix.isEmpty() ? model.name().value() : model.name() + "." + suffix;
    }

    private static Map<String, Object> ref(String schema) {
        return object("$ref", "#/components/schemas/" + schema);
    }

    private static Map<String, Object> parameter(String name) {
        return object("$ref", "#/components/parameters/" + name);
    }

    private static Map<String, Object> response(String name) {
        return object("$ref", "#/components/responses/" + name);
    }

    private static Map<String, Object> id() {
        return object("type", "string", "maxLength", 255);
    }

    private static Map<String, Object> array(Map<String, Object> items) {
        return object("type", "array", "items", items);
    }

    private Map<String, Object> sized(Map<String, Object> items) {
        return object("type", "array", "items", items, "minItems", 1, "maxItems", bulkRowsMax);
    }

    private static Map<String, Object> inPath(String name, String description) {
        return object(
                "name",
                name,
                "in",
                "path",
                "required",
                true,
                "description",
                description,
                "schema",
                object("type", "string"));
    }

    private static Map<String, Object> inQuery(String name, Map<String, Object> schema) {
        return object("name", name, "in", "query", "schema", schema);
    }

    private static Map<String, Object> body(Map<String, Object> schema) {
        return object("required", true, "content", object(JSON, object("schema", schema)));
    }

    private static Map<String, Object> withMutationId(String schema) {
        return object(
                "allOf",
                List.of(ref(schema), object("type", "object", "properties", object("_clientMutationId", id()))));
    }

    private Map<String, Object> items(Map<String, Object> item) {
        return object(
                "type", "object",
                "properties", object("items", sized(item), "_clientMutationId", id()),
                "required", List.of("items"));
    }

    private Map<String, Object> ids() {
        return object(
                "type", "object",
                "properties", object("ids", sized(object("type", "string")), "_clientMutationId", id()),
                "required", List.of("ids"));
    }

    private static Map<String, Object> one(CollectionModel model) {
        return ref(name(model, ""));
    }

    private static Map<String, Object> oneOrNull(CollectionModel model) {
        return object("oneOf", List.of(ref(name(model, "")), object("type", "null")));
    }

    private static Map<String, Object> many(CollectionModel model) {
        return array(ref(name(model, "")));
    }

    /** The body of a success; {@code data} only where the answer has rows. */
    private static Map<String, Object> success(Map<String, Object> data) {
        Map<String, Object> properties = object("success", object("const", true));
        if (!data.isEmpty()) {
            properties.put("data", data);
        }
        return object("type", "object", "properties", properties, "required", List.of("success"));
    }

    private static Map<String, Object> ok(String description, Map<String, Object> schema) {
        return object(
                "description", description,
                "headers", object("Lockstep-Seq", object("$ref", "#/components/headers/Position")),
                "content", object(JSON, object("schema", schema)));
    }
}
