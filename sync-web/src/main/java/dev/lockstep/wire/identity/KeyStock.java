package dev.lockstep.wire.identity;

import dev.lockstep.collection.Misconfiguration;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The keys that are valid now. What lies in a file is read again each second, so that a key is taken away by writing the
 * file; what lies behind an address is asked for now and then. Thread-safe.
 */
final class KeyStock {
    /** How long keys from an address are taken to be the same. */
    static final Duration FETCH_EVERY = Duration.ofMinutes(5);

    /** How soon they are asked for again when a token names a key that is not there: any client can send such a token. */
    static final Duration FETCH_AGAIN_AFTER = Duration.ofSeconds(10);

    /** Longest wait for an answer. After it the keys so far go on to be valid. */
    private static final Duration ANSWER_WAIT_MAX = Duration.ofSeconds(5);

    /** Most bytes of an answer, or a file. What is longer is no set of keys. */
    private static final int BYTES_MAX = 1024 * 1024;

    private static final Logger LOG = System.getLogger(KeyStock.class.getName());

    private final JwtSettings settings;
    private final InstantSource clock;
    private final List<VerificationKey> configured = new ArrayList<>();
    private volatile Keys keys = new Keys(List.of());
    private Instant asked = Instant.MIN;
    private boolean failed;

    /** @throws Misconfiguration if a key that is here cannot be read */
    KeyStock(JwtSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        settings.secrets().forEach(secret -> configured.add(VerificationKey.secret(secret)));
        settings.publicKey().ifPresent(text -> configured.addAll(required(JwtSettings.PUBLIC_KEY, () -> text)));
        keys = new Keys(configured);
        settings.location().ifPresent(location -> {
            if (isRemote()) {
                look(); // a server that is not there yet is no reason not to start
            } else {
                located(required(JwtSettings.LOCATION, () -> read(location)));
            }
        });
    }

    /** All that are valid, and their names, which are asked for once for each socket, again and again. */
    private record Keys(List<VerificationKey> all, Set<String> names) {
        Keys(List<VerificationKey> all) {
            this(List.copyOf(all), all.stream().map(VerificationKey::name).collect(Collectors.toUnmodifiableSet()));
        }
    }

    @FunctionalInterface
    private interface Source {
        String text() throws IOException;
    }

    private static List<VerificationKey> required(String name, Source source) {
        try {
            return JoseTokens.keys(source.text());
        } catch (IOException e) {
            throw new Misconfiguration(name + " holds no public key: it must be a PEM, a JWK or a set of them.");
        }
    }

    List<VerificationKey> valid() {
        return keys.all();
    }

    Set<String> names() {
        return keys.names();
    }

    private boolean isRemote() {
        return settings.location().filter(each -> each.matches("https?:.*")).isPresent();
    }

    /** Looks whether there are other keys, if it is time to; called each second. */
    synchronized void look() {
        if (settings.location().isPresent()
                && (!isRemote() || !clock.instant().isBefore(asked.plus(failed ? FETCH_AGAIN_AFTER : FETCH_EVERY)))) {
            readAgain();
        }
    }

    /** A key that is not there is asked for; true if there may be other keys than before. */
    synchronized boolean lookForMore() {
        if (!isRemote() || clock.instant().isBefore(asked.plus(FETCH_AGAIN_AFTER))) {
            return false;
        }
        readAgain();
        return true;
    }

    private void readAgain() {
        asked = clock.instant();
        try {
            located(JoseTokens.keys(read(settings.location().orElseThrow())));
            failed = false;
        } catch (IOException e) {
            if (!failed) {
                LOG.log(Level.WARNING, "the keys of tokens cannot be read; those that were read before stay valid", e);
            }
            failed = true;
        }
    }

    private void located(List<VerificationKey> found) {
        List<VerificationKey> all = new ArrayList<>(configured);
        all.addAll(found);
        keys = new Keys(all);
    }

    private String read(String location) throws IOException {
        if (isRemote()) {
            return fetch(URI.create(location));
        }
        try (InputStream file = open(location)) {
            return text(file);
        }
    }

    private static InputStream open(String location) throws IOException {
        if (location.startsWith("file:")) {
            return Files.newInputStream(Path.of(URI.create(location)));
        }
        if (Files.isRegularFile(Path.of(location))) {
            return Files.newInputStream(Path.of(location));
        }
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        return Optional.ofNullable(application.getResourceAsStream(location.replaceFirst("^/", "")))
                .orElseThrow(() -> new FileNotFoundException(location));
    }

    private static String fetch(URI address) throws IOException {
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(ANSWER_WAIT_MAX).build()) {
            HttpResponse<InputStream> answer = client.send(
                    HttpRequest.newBuilder(address).timeout(ANSWER_WAIT_MAX).build(), BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() != 200) {
                    throw new IOException("status " + answer.statusCode());
                }
                return text(body);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static String text(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(BYTES_MAX + 1);
        if (bytes.length > BYTES_MAX) {
            throw new IOException("longer than " + BYTES_MAX + " bytes");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
