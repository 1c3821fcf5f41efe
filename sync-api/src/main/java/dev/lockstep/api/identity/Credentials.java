package dev.lockstep.api.identity;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a request brings with it to say who sends it. Immutable; its text shows none of it.
 *
 * @param application the application it speaks to
 * @param isUpgrade whether it wants to become a socket
 * @param headers by name, whatever its case
 * @param cookies by name
 * @param parameters of the query, by name
 */
public record Credentials(
        String application,
        boolean isUpgrade,
        Map<String, List<String>> headers,
        Map<String, String> cookies,
        Map<String, List<String>> parameters) {
    public Credentials {
        Map<String, List<String>> byName = new TreeMap<>();
        headers.forEach((name, values) -> byName.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        headers = Map.copyOf(byName);
        cookies = Map.copyOf(cookies);
        parameters = Map.copyOf(parameters);
    }

    /** A header's value; where it was sent more than once, all of them as one, as in RFC 9110, section 5.3. */
    public Optional<String> header(String name) {
        return joined(headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
    }

    /** A cookie's value. */
    public Optional<String> cookie(String name) {
        return Optional.ofNullable(cookies.get(name));
    }

    /** A query parameter's value, with the same rule as a header's. */
    public Optional<String> parameter(String name) {
        return joined(parameters.getOrDefault(name, List.of()));
    }

    private static Optional<String> joined(List<String> values) {
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
    }

    /** Without a secret in it: it may come into a log. */
    @Override
    public String toString() {
        return "credentials for " + application;
    }
}
