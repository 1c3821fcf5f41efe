package dev.lockstep.wire.json;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.Refusal.Issue;
import dev.lockstep.api.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** JSON body of a refusal (rule CFS2), in the native dialect and in filters that run before any dialect. */
public final class RefusalJson {
    /** The segments of a path before its field. */
    private static final Pattern CONTAINER = Pattern.compile("[0-9]+|items|ids|_entityIds");

    private RefusalJson() {}

    /** The body, with a fixed order of keys. */
    public static String of(Refusal refusal) {
        JsonObject error = new JsonObject().with("message", refusal.message()).with("code", code(refusal.code()));
        if (!refusal.issues().isEmpty()) {
            error.with("issues", refusal.issues().stream().map(RefusalJson::of).toList());
        }
        error.withJson("current", refusal.current().map(Row::json));
        return new JsonObject().with("error", error).toString();
    }

    /** The stable name of a code: the engine's name, except for the one that clients know from their own validation. */
    public static String code(ErrorCode code) {
        return code == ErrorCode.INVALID ? "VALIDATION_ERROR" : code.name();
    }

    private static JsonObject of(Issue issue) {
        return new JsonObject().with("message", issue.message()).with("path", path(issue.path()));
    }

    /** The segments of a path: the item of a bulk, then its field. A dot in the name of a field is part of the name. */
    private static List<String> path(String path) {
        List<String> segments = new ArrayList<>();
        String rest = path;
        int dot = rest.indexOf('.');
        while (dot > 0 && CONTAINER.matcher(rest.substring(0, dot)).matches()) {
            segments.add(rest.substring(0, dot));
            rest = rest.substring(dot + 1);
            dot = rest.indexOf('.');
        }
        segments.add(rest);
        return segments;
    }
}
