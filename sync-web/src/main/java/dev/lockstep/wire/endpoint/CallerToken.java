package dev.lockstep.wire.endpoint;

import dev.lockstep.api.Caller;
import dev.lockstep.api.identity.Identity;
import dev.lockstep.wire.application.ServedApplication;
import dev.lockstep.wire.identity.CallerPrincipal;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.inject.Singleton;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.Claims;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * MicroProfile's view of the caller of the current request (MicroProfile JWT 2.1). Without a caller it has no name and no
 * claims. Loaded only where the server has the type. Thread-safe.
 */
final class CallerToken implements JsonWebToken {
    private static final String BEARER = "Bearer ";

    private final ServedApplication application;
    private final HttpServletRequest request;

    /** @param request the current one, by a proxy */
    CallerToken(ServedApplication application, HttpServletRequest request) {
        this.application = application;
        this.request = request;
    }

    static void addBean(AfterBeanDiscovery discovery) {
        discovery
                .<CallerToken>addBean()
                .beanClass(CallerToken.class)
                .addTypes(JsonWebToken.class, Object.class)
                .scope(Singleton.class)
                .produceWith(beans -> new CallerToken(
                        beans.select(ServedApplication.class).get(),
                        beans.select(HttpServletRequest.class).get()));
    }

    private Optional<Identity.Known> known() {
        return application.identity() instanceof Identity.Known known ? Optional.of(known) : Optional.empty();
    }

    private Map<String, Object> claims() {
        return known().map(each -> each.caller().claims()).orElse(Map.of());
    }

    /** {@code upn}, else {@code preferred_username}, else the subject (section 5.1 of the specification). */
    @Override
    public @Nullable String getName() {
        Map<String, Object> claims = claims();
        return Stream.of(Claims.upn, Claims.preferred_username)
                .map(claim -> claims.get(claim.name()))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .findFirst()
                .or(() -> known().map(Identity.Known::caller).flatMap(Caller::subject))
                .orElse(null);
    }

    @Override
    public Set<String> getClaimNames() {
        return claims().keySet();
    }

    @Override
    public Set<String> getGroups() {
        return known().map(CallerPrincipal::new).map(CallerPrincipal::groups).orElse(Set.of());
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the specification fixes the signature
    public <T> @Nullable T getClaim(String name) {
        return (T) valueOf(name);
    }

    private @Nullable Object valueOf(String name) {
        Object value = claims().get(name);
        return switch (name) {
            case "raw_token" -> known().isPresent() ? rawToken() : null;
            case "groups" -> value == null ? null : getGroups();
            case "aud" -> value == null ? null : CallerPrincipal.texts(value);
            case "exp", "iat", "nbf", "auth_time", "updated_at" ->
                value instanceof Number number ? number.longValue() : null;
            case "email_verified", "phone_number_verified" -> value;
            default -> value == null || value instanceof String ? value : json(value);
        };
    }

    private @Nullable String rawToken() {
        String header = request.getHeader("Authorization");
        return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? header.substring(BEARER.length()).strip()
                : null;
    }

    private static JsonValue json(@Nullable Object value) {
        return switch (value) {
            case null -> JsonValue.NULL;
            case Boolean flag -> flag ? JsonValue.TRUE : JsonValue.FALSE;
            case Number number -> Json.createValue(new BigDecimal(number.toString()));
            case Map<?, ?> map -> {
                JsonObjectBuilder object = Json.createObjectBuilder();
                map.forEach((name, of) -> object.add(String.valueOf(name), json(of)));
                yield object.build();
            }
            case Collection<?> list -> {
                JsonArrayBuilder array = Json.createArrayBuilder();
                list.forEach(each -> array.add(json(each)));
                yield array.build();
            }
            default -> Json.createValue(value.toString());
        };
    }
}
