package dev.lockstep.wire.cfsync.openapi;

import static dev.lockstep.wire.cfsync.openapi.Json.object;

import dev.lockstep.wire.json.PlainJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One OpenAPI document of several applications, made from their {@linkplain OpenApiDocument own documents}. Paths begin with
 * the address of the application. Schemas of collections, tags and operations begin with its name.
 */
public final class MergedDocument {
    private static final List<String> METHODS = List.of("get", "put", "post", "delete");

    /** Schemas with this prefix belong to the dialect. */
    private static final String COMMON = "lockstep.";

    private final Map<String, Object> paths = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> components = new LinkedHashMap<>();
    private @Nullable Map<String, Object> common;

    private MergedDocument() {}

    /**
     * The document as JSON.
     *
     * @param documents the documents of the applications, by their names
     */
    public static String json(Map<String, String> documents) {
        MergedDocument merged = new MergedDocument();
        documents.forEach((application, document) -> merged.add(application, map(PlainJson.parse(document))));
        return PlainJson.write(object(
                "openapi",
                "3.1.0",
                "info",
                object("title", "Applications of this server", "version", "1"),
                "servers",
                List.of(object("url", "/")),
                "paths",
                merged.paths,
                "components",
                merged.components));
    }

    private void add(String application, Map<String, Object> document) {
        Map<String, Object> own = map(document.get("components"));
        Map<String, Object> ofAll = commonParts(own);
        if (common == null) {
            common = ofAll;
        }
        Names names = new Names(application, ofAll.equals(common));
        own.forEach((kind, parts) -> {
            Map<String, Object> target = components.computeIfAbsent(kind, none -> new LinkedHashMap<>());
            map(parts).forEach((name, part) -> target.put(names.of(kind, name), names.in(part)));
        });
        Object security = Objects.requireNonNull(document.get("security"));
        map(document.get("paths")).forEach((path, item) -> {
            Map<String, Object> copy = map(names.in(item));
            Object servers = copy.remove("servers");
            String server = url(servers == null ? document.get("servers") : servers);
            for (String method : METHODS) {
                if (copy.containsKey(method)) {
                    copy.put(method, names.operation(map(copy.get(method)), security));
                }
            }
            paths.put(server + path, copy);
        });
    }

    /** The components that every document has, unless their settings differ. */
    private static Map<String, Object> commonParts(Map<String, Object> components) {
        Map<String, Object> parts = new LinkedHashMap<>(components);
        Map<String, Object> schemas = new LinkedHashMap<>(map(components.get("schemas")));
        schemas.keySet().removeIf(name -> !name.startsWith(COMMON));
        parts.put("schemas", schemas);
        return parts;
    }

    private static String url(@Nullable Object servers) {
        String url = String.valueOf(
                map(((List<?>) Objects.requireNonNull(servers)).getFirst()).get("url"));
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private static Map<String, Object> map(@Nullable Object json) {
        Map<String, Object> map = new LinkedHashMap<>();
        ((Map<?, ?>) Objects.requireNonNull(json))
                .forEach((key, value) -> map.put((String) key, value == null ? Json.NULL : value));
        return map;
    }

    /**
     * The names that the parts of one application's document have in the merged one.
     *
     * @param sharesCommonParts whether its common parts equal those of the first application
     */
    private record Names(String application, boolean sharesCommonParts) {
        private static final String REFERENCE = "#/components/";

        String of(String kind, String name) {
            boolean isOfAll = !kind.equals("schemas") || name.startsWith(COMMON);
            return isOfAll && sharesCommonParts ? name : application + "." + name;
        }

        /** A copy with the new names in its references. */
        Object in(@Nullable Object json) {
            return switch (json) {
                case Map<?, ?> members -> {
                    Map<String, Object> copy = new LinkedHashMap<>();
                    members.forEach((key, value) -> copy.put(
                            (String) key,
                            "$ref".equals(key) && value instanceof String target ? reference(target) : in(value)));
                    yield copy;
                }
                case List<?> items -> {
                    List<Object> copy = new ArrayList<>();
                    items.forEach(item -> copy.add(in(item)));
                    yield copy;
                }
                case null -> Json.NULL;
                default -> json;
            };
        }

        private String reference(String target) {
            String[] kindAndName = target.substring(REFERENCE.length()).split("/", 2);
            return REFERENCE + kindAndName[0] + "/" + of(kindAndName[0], kindAndName[1]);
        }

        /** An operation with unique names, and the security that its document has for all. */
        Map<String, Object> operation(Map<String, Object> operation, Object security) {
            operation.put("operationId", application + "." + operation.get("operationId"));
            Object tags = operation.get("tags");
            operation.put("tags", tags instanceof List<?> own ? prefixed(own) : List.of(application));
            List<Object> schemes = new ArrayList<>();
            ((List<?>) operation.getOrDefault("security", security)).forEach(any -> {
                Map<String, Object> renamed = new LinkedHashMap<>();
                map(any).forEach((scheme, scopes) -> renamed.put(of("securitySchemes", scheme), scopes));
                schemes.add(renamed);
            });
            operation.put("security", schemes);
            return operation;
        }

        private List<Object> prefixed(List<?> tags) {
            List<Object> prefixed = new ArrayList<>();
            tags.forEach(tag -> prefixed.add(application + "." + tag));
            return prefixed;
        }
    }
}
