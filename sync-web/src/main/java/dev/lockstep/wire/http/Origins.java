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
 * Whose pages may call: browsers say in the header {@code Origin} from where a page comes (RFC 6454).
 *
 * @param allowed other hosts' pages, {@code lockstep.origins.allowed}, as in {@code https://a.example,null}; {@code *} is
 *     all, but not with what browsers send by themselves
 * @param own where this server's pages come from, {@code lockstep.origins.public}; if none, from where a request says that
 *     it goes to
 * @param isLoopbackAllowed whether pages from this machine pass: in the development profile
 */
public record Origins(Set<String> allowed, Set<String> own, boolean isLoopbackAllowed) {
    static final String ALLOWED = "lockstep.origins.allowed";
    static final String PUBLIC = "lockstep.origins.public";

    private static final String ANY = "*";

    public Origins {
        allowed = normal(allowed);
        own = normal(own);
    }

    /** What the configuration says. */
    public static Origins of(Config config) {
        return new Origins(
                Set.copyOf(config.getOptionalValues(ALLOWED, String.class).orElse(List.of())),
                Set.copyOf(config.getOptionalValues(PUBLIC, String.class).orElse(List.of())),
                RuntimeProfile.of(config) == RuntimeProfile.DEVELOPMENT);
    }

    /** Whether pages of other hosts may read answers at all. */
    public boolean isAnyAllowed() {
        return !allowed.isEmpty();
    }

    /** Whether a page from there may read answers. */
    public boolean mayRead(String origin) {
        return allowed.contains(ANY) || allowed.contains(normal(origin));
    }

    /** Whether a page from there is named, and may read what is answered to its user's cookie or password. */
    public boolean isNamed(String origin) {
        return allowed.contains(normal(origin)) && !origin.strip().equals(ANY);
    }

    /**
     * Whether a request may open a socket, or change something.
     *
     * @param origin from where its page comes; empty if it is no browser's
     * @param target the origin that the request goes to
     * @param isSentByBrowsers whether it says who it is by something that a browser sends by itself, so that any page
     *     could have made it do so
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
        } catch (IllegalArgumentException nobodysOrigin) {
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
