package dev.lockstep.api.identity;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The parts of a request that can carry credentials. Immutable. {@link #toString} reveals none of them.
 *
 * @param application the name of the application that the request is for
 * @param isUpgrade whether the request opens a socket
 * @param headers by name, case-insensitive
 * @param cookies by name
 * @param parameters query parameters by name
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

    /** The value of a header; repeated headers are joined, as in RFC 9110, section 5.3. */
    public Optional<String> header(String name) {
        return joined(headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
    }

    /** The value of a cookie. */
    public Optional<String> cookie(String name) {
        return Optional.ofNullable(cookies.get(name));
    }

    /** The value of a query parameter; repeated parameters are joined like headers. */
    public Optional<String> parameter(String name) {
        return joined(parameters.getOrDefault(name, List.of()));
    }

    private static Optional<String> joined(List<String> values) {
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
    }

    /** A text without secrets, fit for a log. */
    @Override
    public String toString() {
        return "credentials for " + application;
    }
}
