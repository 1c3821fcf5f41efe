package dev.lockstep.wire.livestore.hook;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The headers that hooks receive: those that the settings name, and those that the hooks choose. Thread-safe. */
@ApplicationScoped
public class ForwardedHeaders {
    @Inject
    private StoreHooks hooks;

    /**
     * Of a request by HTTP.
     *
     * @param names the headers that the settings name, in lower case
     */
    public Map<String, String> of(HttpServletRequest request, Set<String> names) {
        Map<String, List<String>> all = new HashMap<>();
        Collections.list(request.getHeaderNames())
                .forEach(name -> all.put(name, Collections.list(request.getHeaders(name))));
        return of(all, names);
    }

    /**
     * Of a handshake.
     *
     * @param names the headers that the settings name, in lower case
     */
    public Map<String, String> of(Map<String, List<String>> all, Set<String> names) {
        Map<String, String> joined = new HashMap<>();
        all.forEach((name, values) -> joined.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        Map<String, String> forwarded = hooks.forwardHeaders(joined);
        for (String name : names) {
            String value = joined.getOrDefault(name, "");
            if (!value.isEmpty()) {
                forwarded.put(name, value);
            }
        }
        return forwarded;
    }
}
