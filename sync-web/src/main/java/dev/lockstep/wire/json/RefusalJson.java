package dev.lockstep.wire.json;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.Refusal.Issue;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A refusal as the body of an answer (rule CFS2): of the native dialect, and of what refuses before any dialect. */
public final class RefusalJson {
    /** The steps of a path before its field. */
    private static final Pattern CONTAINER = Pattern.compile("[0-9]+|items|ids|_entityIds");

    private RefusalJson() {}

    /** The body. Key order is fixed here. */
    public static String of(Refusal refusal) {
        String issues = refusal.issues().stream().map(RefusalJson::of).collect(Collectors.joining(","));
        return "{\"error\":{\"message\":" + PlainJson.quote(refusal.message()) + ",\"code\":"
                + PlainJson.quote(code(refusal.code()))
                + (issues.isEmpty() ? "" : ",\"issues\":[" + issues + "]")
                + refusal.current().map(row -> ",\"current\":" + row.json()).orElse("") + "}}";
    }

    /** The stable name of a code: the engine's own, but for the one that clients know from their own validation. */
    public static String code(ErrorCode code) {
        return code == ErrorCode.INVALID ? "VALIDATION_ERROR" : code.name();
    }

    private static String of(Issue issue) {
        return "{\"message\":" + PlainJson.quote(issue.message()) + ",\"path\":"
                + path(issue.path()).stream().map(PlainJson::quote).collect(Collectors.joining(",", "[", "]")) + "}";
    }

    /** The places that a path names: an item of a bulk, then its field. A dot in the name of a field is part of it. */
    private static List<String> path(String path) {
        List<String> places = new ArrayList<>();
        String rest = path;
        int dot = rest.indexOf('.');
        while (dot > 0 && CONTAINER.matcher(rest.substring(0, dot)).matches()) {
            places.add(rest.substring(0, dot));
            rest = rest.substring(dot + 1);
            dot = rest.indexOf('.');
        }
        places.add(rest);
        return places;
    }
}
