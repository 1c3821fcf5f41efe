package dev.lockstep.wire.http;

import dev.lockstep.wire.application.RuntimeProfile;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/**
 * Origins whose pages may call. Browsers send the origin of a page in the header {@code Origin} (RFC 6454).
 *
 * @param allowed origins of other hosts, {@code lockstep.origins.allowed}, for example {@code https://a.example,null};
 *     {@code *} allows all, but without the credentials that browsers add by themselves
 * @param own the origins of this server's pages, {@code lockstep.origins.public}; if empty, the target of each request
 * @param isLoopbackAllowed whether pages of this machine are allowed: in the development profile
 */
public record Origins(Set<String> allowed, Set<String> own, boolean isLoopbackAllowed) {
    static final String ALLOWED = "lockstep.origins.allowed";
    static final String PUBLIC = "lockstep.origins.public";

    private static final String ANY = "*";

    public Origins {
        allowed = normal(allowed);
        own = normal(own);
    }

    /** The configured origins. */
    public static Origins of(Config config) {
        return new Origins(
                Set.copyOf(config.getOptionalValues(ALLOWED, String.class).orElse(List.of())),
                Set.copyOf(config.getOptionalValues(PUBLIC, String.class).orElse(List.of())),
                RuntimeProfile.of(config) == RuntimeProfile.DEVELOPMENT);
    }

    /** Whether the pages of any other host may read answers. */
    public boolean isAnyAllowed() {
        return !allowed.isEmpty();
    }

    /** Whether a page of this origin may read answers. */
    public boolean mayRead(String origin) {
        return allowed.contains(ANY) || allowed.contains(normal(origin));
    }

    /** Whether the origin is allowed by name, so that its pages may send cookies and passwords. */
    public boolean isNamed(String origin) {
        return allowed.contains(normal(origin)) && !origin.strip().equals(ANY);
    }

    /**
     * Whether a request may open a socket, or change something.
     *
     * @param origin the origin of its page; empty if no browser sent it
     * @param target the origin that the request goes to
     * @param isSentByBrowsers whether a browser adds its credentials by itself, so that any page could have caused the request
     */
    public boolean mayAct(Optional<String> origin, String target, boolean isSentByBrowsers) {
        if (origin.isEmpty()) {
            return !isSentByBrowsers;
        }
        String from = normal(origin.get());
        return (own.isEmpty() ? normal(target).equals(from) : own.contains(from))
                || allowed.contains(from)
                || (allowed.contains(ANY) && !isSentByBrowsers)
                || (isLoopbackAllowed && isLoopback(from));
    }

    private static boolean isLoopback(String origin) {
        try {
            String host = URI.create(origin).getHost();
            return host != null && host.matches("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");
        } catch (IllegalArgumentException invalidOrigin) {
            return false;
        }
    }

    private static Set<String> normal(Set<String> origins) {
        return origins.stream().map(Origins::normal).collect(Collectors.toUnmodifiableSet());
    }

    private static String normal(String origin) {
        String lower = origin.strip().toLowerCase(Locale.ROOT);
        String withoutSlash =
                lower.endsWith("/") && !lower.endsWith("//") ? lower.substring(0, lower.length() - 1) : lower;
        if (withoutSlash.startsWith("http://") && withoutSlash.endsWith(":80")) {
            return withoutSlash.substring(0, withoutSlash.length() - ":80".length());
        }
        return withoutSlash.startsWith("https://") && withoutSlash.endsWith(":443")
                ? withoutSlash.substring(0, withoutSlash.length() - ":443".length())
                : withoutSlash;
    }
}
