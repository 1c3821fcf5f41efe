package dev.lockstep.wire.livestore;

import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.wire.application.RuntimeProfile;
import dev.lockstep.wire.livestore.rpc.StoreAddress.Transport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/**
 * Settings of the LiveStore dialect. {@link #toString} does not reveal the secret.
 *
 * @param transports the transports that are served, {@code lockstep.livestore.transports}: {@code ws}, {@code http}
 * @param isOpenToAllOrigins whether pages of all origins may read the answers, {@code lockstep.livestore.cors}; without the
 *     credentials that browsers add. Otherwise {@code lockstep.origins.allowed} decides
 * @param responseHeaders more headers of the answers by HTTP, {@code lockstep.livestore.response-headers}, each as
 *     {@code Name=value}
 * @param forwardedHeaders the request headers that hooks receive, in lower case,
 *     {@code lockstep.livestore.forwarded-headers}
 * @param tokenMember the member of a client's payload that may hold a token, {@code lockstep.livestore.token-member}
 * @param secret a shared secret that clients may send as their token, {@code lockstep.livestore.secret}. In the development
 *     profile {@link #DEVELOPMENT_SECRET}, if none is set
 */
record LiveStoreSettings(
        Set<Transport> transports,
        boolean isOpenToAllOrigins,
        Map<String, String> responseHeaders,
        Set<String> forwardedHeaders,
        String tokenMember,
        Optional<String> secret) {
    static final String TRANSPORTS = "lockstep.livestore.transports";
    static final String CORS = "lockstep.livestore.cors";
    static final String RESPONSE_HEADERS = "lockstep.livestore.response-headers";
    static final String FORWARDED_HEADERS = "lockstep.livestore.forwarded-headers";
    static final String TOKEN_MEMBER = "lockstep.livestore.token-member";
    static final String SECRET = "lockstep.livestore.secret";

    /** The secret of LiveStore's own examples. The production profile refuses it. */
    static final String DEVELOPMENT_SECRET = "insecure-token-change-me";

    /** The member in LiveStore's own examples. */
    private static final String DEFAULT_TOKEN_MEMBER = "authToken";

    LiveStoreSettings {
        transports = Set.copyOf(transports);
        responseHeaders = Map.copyOf(responseHeaders);
        forwardedHeaders = Set.copyOf(forwardedHeaders);
    }

    /**
     * The configured settings.
     *
     * @throws IllegalArgumentException if there is no transport of a name, or a header has no value
     * @throws Misconfiguration if the production profile has the secret of the examples
     */
    static LiveStoreSettings of(Config config) {
        RuntimeProfile profile = RuntimeProfile.of(config);
        Optional<String> secret = config.getOptionalValue(SECRET, String.class);
        if (profile == RuntimeProfile.PRODUCTION
                && secret.filter(DEVELOPMENT_SECRET::equals).isPresent()) {
            throw new Misconfiguration(
                    SECRET + " is the secret of LiveStore's examples, which everyone knows: set another one.");
        }
        return new LiveStoreSettings(
                config.getOptionalValues(TRANSPORTS, String.class).orElse(List.of("ws", "http")).stream()
                        .map(LiveStoreSettings::transport)
                        .collect(Collectors.toSet()),
                config.getOptionalValue(CORS, Boolean.class).orElse(false),
                headers(config.getOptionalValues(RESPONSE_HEADERS, String.class).orElse(List.of())),
                config.getOptionalValues(FORWARDED_HEADERS, String.class).orElse(List.of()).stream()
                        .map(name -> name.strip().toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet()),
                config.getOptionalValue(TOKEN_MEMBER, String.class).orElse(DEFAULT_TOKEN_MEMBER),
                secret.or(() ->
                        profile == RuntimeProfile.DEVELOPMENT ? Optional.of(DEVELOPMENT_SECRET) : Optional.empty()));
    }

    private static Transport transport(String name) {
        for (Transport each : Transport.values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(name.strip())) {
                return each;
            }
        }
        throw new IllegalArgumentException(TRANSPORTS + " names " + name + ": it must name ws, http or both");
    }

    private static Map<String, String> headers(List<String> lines) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line : lines) {
            int equals = line.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(RESPONSE_HEADERS + " has the part '" + line
                        + "': it must be a list of Name=value, with a backslash before each comma of a value");
            }
            headers.put(
                    line.substring(0, equals).strip(),
                    line.substring(equals + 1).strip());
        }
        return headers;
    }

    @Override
    public String toString() {
        return "settings of the LiveStore dialect for " + transports;
    }
}
