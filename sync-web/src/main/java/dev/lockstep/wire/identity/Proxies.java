package dev.lockstep.wire.identity;

import dev.lockstep.collection.Misconfiguration;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;

/**
 * Trusted proxies between browsers and this server, {@code lockstep.proxies.trusted}: addresses or ranges, for example
 * {@code 10.0.0.7,fd00::/8}. Only their {@code Forwarded} and {@code X-Forwarded-*} headers count. Immutable.
 */
final class Proxies {
    static final String TRUSTED = "lockstep.proxies.trusted";

    private final List<Range> trusted = new ArrayList<>();

    private record Range(BigInteger prefix, int bits, int addressBits) {
        static Range of(byte[] network, int bits) {
            int all = network.length * 8;
            return new Range(new BigInteger(1, network).shiftRight(all - bits), bits, all);
        }

        boolean has(byte[] address) {
            return address.length * 8 == addressBits
                    && new BigInteger(1, address).shiftRight(addressBits - bits).equals(prefix);
        }
    }

    Proxies(Set<String> ranges) {
        ranges.forEach(range -> trusted.add(range(range.strip())));
    }

    static Proxies of(Config config) {
        return new Proxies(
                Set.copyOf(config.getOptionalValues(TRUSTED, String.class).orElse(List.of())));
    }

    private static Range range(String text) {
        int slash = text.indexOf('/');
        Optional<byte[]> network = bytes(slash < 0 ? text : text.substring(0, slash));
        if (network.isPresent()) {
            int bitsMax = network.get().length * 8;
            String bits = slash < 0 ? String.valueOf(bitsMax) : text.substring(slash + 1);
            if (bits.matches("[0-9]{1,3}") && Integer.parseInt(bits) <= bitsMax) {
                return Range.of(network.get(), Integer.parseInt(bits));
            }
        }
        throw new Misconfiguration(
                TRUSTED + " holds '" + text + "': it must be an address or a range, for example 10.0.0.7 or fd00::/8.");
    }

    // Only numeric addresses: InetAddress would ask a name server for anything else.
    private static Optional<byte[]> bytes(String address) {
        boolean isNumeric =
                address.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}") || address.matches("[0-9a-fA-F.]*:[0-9a-fA-F:.]*");
        try {
            return isNumeric ? Optional.of(InetAddress.getByName(address).getAddress()) : Optional.empty();
        } catch (UnknownHostException noAddress) {
            return Optional.empty();
        }
    }

    /**
     * The origin that a request goes to, as its client sees it.
     *
     * @param remote the address of the sender
     * @param scheme the scheme with which it reached this server
     * @param host the header {@code Host}
     * @param header reads another header; several of one name are joined in order
     */
    String target(String remote, String scheme, String host, Function<String, Optional<String>> header) {
        boolean isTrusted = bytes(remote)
                .filter(address -> trusted.stream().anyMatch(range -> range.has(address)))
                .isPresent();
        String seenScheme =
                isTrusted ? forwarded(header, "proto", "X-Forwarded-Proto").orElse(scheme) : scheme;
        String seenHost =
                isTrusted ? forwarded(header, "host", "X-Forwarded-Host").orElse(host) : host;
        return seenScheme + "://" + seenHost;
    }

    // The last of several values: the nearest proxy added it. Any client may have sent those before it.
    private static Optional<String> forwarded(
            Function<String, Optional<String>> header, String parameter, String older) {
        return header.apply("Forwarded")
                .map(Proxies::last)
                .flatMap(element -> parameter(element, parameter))
                .or(() -> header.apply(older).map(Proxies::last))
                .filter(value -> !value.isEmpty());
    }

    private static String last(String list) {
        return list.substring(list.lastIndexOf(',') + 1).strip();
    }

    private static Optional<String> parameter(String element, String name) {
        for (String pair : element.split(";", -1)) {
            String stripped = pair.strip();
            if (stripped.toLowerCase(Locale.ROOT).startsWith(name + "=")) {
                String value = stripped.substring(name.length() + 1);
                return Optional.of(
                        value.startsWith("\"") && value.endsWith("\"") && value.length() > 1
                                ? value.substring(1, value.length() - 1)
                                : value);
            }
        }
        return Optional.empty();
    }
}
