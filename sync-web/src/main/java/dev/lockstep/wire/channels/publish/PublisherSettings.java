package dev.lockstep.wire.channels.publish;

import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.wire.application.RuntimeProfile;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * The programs that may publish: those with a key, and those at an allowed address. {@link #toString} does not reveal a key.
 * Immutable.
 */
final class PublisherSettings {
    /** Keys, separated by commas, all of them valid. */
    static final String KEYS = "lockstep.channels.publisher-keys";

    /** Addresses whose requests need no key. Default: none; in the development profile, those of this machine. */
    static final String ADDRESSES = "lockstep.channels.publisher-addresses";

    /** Shortest key, in characters: random ones of this length cannot be guessed. */
    static final int CHARACTERS_MIN = 32;

    private static final String BEARER = "bearer ";
    private static final List<String> LOOPBACK = List.of("127.0.0.1", "::1");

    private final List<byte[]> keys;
    private final Set<InetAddress> addresses;

    /** @throws Misconfiguration if a key is too short, or an address is none */
    PublisherSettings(List<String> keys, List<String> addresses) {
        if (keys.stream().anyMatch(key -> key.length() < CHARACTERS_MIN)) {
            throw new Misconfiguration(
                    "A key in " + KEYS + " is shorter than " + CHARACTERS_MIN + " characters: set long random texts.");
        }
        this.keys =
                keys.stream().map(key -> key.getBytes(StandardCharsets.UTF_8)).toList();
        this.addresses = addresses.stream().map(PublisherSettings::address).collect(Collectors.toUnmodifiableSet());
    }

    /** The configured settings. */
    static PublisherSettings of(Config config) {
        List<String> byDefault = RuntimeProfile.of(config) == RuntimeProfile.DEVELOPMENT ? LOOPBACK : List.of();
        return new PublisherSettings(
                config.getOptionalValues(KEYS, String.class).orElse(List.of()),
                config.getOptionalValues(ADDRESSES, String.class).orElse(byDefault));
    }

    /** Whether any program may publish. */
    boolean isAnyAllowed() {
        return !keys.isEmpty() || !addresses.isEmpty();
    }

    /** Whether a header {@code Authorization} carries a key. Takes the same time wherever it differs. */
    boolean isKeyIn(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return false;
        }
        byte[] sent = authorization.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8);
        boolean isKnown = false;
        for (byte[] key : keys) {
            isKnown |= MessageDigest.isEqual(key, sent);
        }
        return isKnown;
    }

    /** Whether requests from an address need no key. */
    boolean isAllowed(String remote) {
        return isNumeric(remote) && addresses.contains(address(remote));
    }

    private static InetAddress address(String text) {
        String stripped = text.strip();
        try {
            if (isNumeric(stripped)) {
                return InetAddress.getByName(stripped);
            }
        } catch (UnknownHostException noAddress) {
            // refused below, with the text
        }
        throw new Misconfiguration(
                ADDRESSES + " holds '" + text + "': it must be a numeric address, for example 10.0.0.7 or fd00::7.");
    }

    // Only numeric addresses: InetAddress would ask a name server for anything else.
    private static boolean isNumeric(String address) {
        return address.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}") || address.matches("[0-9a-fA-F.]*:[0-9a-fA-F:.]*(%.*)?");
    }

    @Override
    public String toString() {
        return keys.size() + " keys, " + addresses.size() + " addresses";
    }
}
