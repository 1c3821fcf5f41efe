package dev.lockstep.wire.identity.jwt;

import dev.lockstep.collection.Misconfiguration;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Cache of the keys that are valid now. A file is read again each second, so that a new file revokes its former keys. An
 * address is requested every {@link #FETCH_INTERVAL}, and earlier for an unknown key. Thread-safe.
 */
final class JwksCache {
    /** Time between two requests to the address. */
    static final Duration FETCH_INTERVAL = Duration.ofMinutes(5);

    /** Shortest time between two requests for an unknown key, and after a failure: any client can send an unknown key. */
    static final Duration REFETCH_INTERVAL = Duration.ofSeconds(10);

    /** Longest time for a whole answer. After it the former keys stay valid. */
    private static final Duration ANSWER_WAIT_MAX = Duration.ofSeconds(5);

    /** Longest wait of a caller's request for the address. After it the known keys decide on its token. */
    private static final Duration REQUEST_WAIT_MAX = Duration.ofSeconds(1);

    /** Most bytes of an answer or a file. A longer one is refused. */
    private static final int BYTES_MAX = 1024 * 1024;

    private static final Logger LOG = System.getLogger(JwksCache.class.getName());

    private final JwtSettings settings;
    private final LongSupplier nanos;
    private final Duration answerMax;
    private final List<VerificationKey> configured = new ArrayList<>();
    private final Optional<SecretsFile> secretsFile;
    private volatile List<VerificationKey> fromFile = List.of();
    private volatile List<VerificationKey> fromLocation = List.of();
    private volatile Set<String> unusable = Set.of();
    private volatile boolean fileFailed;
    private volatile Keys keys = new Keys(List.of());
    private CompletableFuture<String> fetching = CompletableFuture.completedFuture("");
    private long fetchedNanos;
    private volatile boolean failed;

    /** @throws Misconfiguration if a configured key or file cannot be read */
    JwksCache(JwtSettings settings, LongSupplier nanos) {
        this(settings, nanos, ANSWER_WAIT_MAX);
    }

    /** @param answerMax longest time for a whole answer */
    JwksCache(JwtSettings settings, LongSupplier nanos, Duration answerMax) {
        this.settings = settings;
        this.nanos = nanos;
        this.answerMax = answerMax;
        fetchedNanos = nanos.getAsLong() - FETCH_INTERVAL.toNanos();
        settings.secrets().forEach(secret -> configured.add(VerificationKey.secret(secret)));
        settings.publicKey().ifPresent(text -> configured.addAll(required(JwtSettings.PUBLIC_KEY, () -> text)));
        secretsFile = settings.secretsLocation().map(SecretsFile::new);
        secretsFile.ifPresent(file -> fromFile = required(file));
        combine();
        settings.location().ifPresent(location -> {
            if (isRemote()) {
                refresh(); // an unreachable server does not prevent the start
            } else {
                fromLocation = required(JwtSettings.LOCATION, () -> read(location));
                combine();
            }
        });
    }

    /** All valid keys, and their names, which the check of each socket reads again and again. */
    private record Keys(List<VerificationKey> all, Set<String> names) {
        Keys(List<VerificationKey> all) {
            this(List.copyOf(all), all.stream().map(VerificationKey::name).collect(Collectors.toUnmodifiableSet()));
        }
    }

    @FunctionalInterface
    private interface Source {
        String text() throws IOException;
    }

    private List<VerificationKey> required(String name, Source source) {
        try {
            PublicKeys found = PublicKeys.of(source.text());
            if (found.usable().isEmpty() && !found.unusable().isEmpty()) {
                throw new Misconfiguration(name + " holds no usable key: " + String.join("; ", found.unusable()));
            }
            return usable(found);
        } catch (IOException e) {
            throw new Misconfiguration(name + " holds no public key: it must be a PEM, a JWK or a JWKS.");
        }
    }

    private static List<VerificationKey> required(SecretsFile file) {
        try {
            return file.read();
        } catch (IOException e) {
            throw new Misconfiguration(SecretsFile.LOCATION + " cannot be read: it must be a file with a secret of "
                    + JwtSettings.SECRET_BYTES_MIN + " bytes or more on each line (" + e.getMessage() + ").");
        }
    }

    /** The usable keys. Each unusable one is logged once. */
    private List<VerificationKey> usable(PublicKeys found) {
        Set<String> before = unusable;
        unusable = Set.copyOf(found.unusable());
        for (String each : unusable) {
            if (!before.contains(each)) {
                LOG.log(Level.WARNING, "Public key of tokens is not usable: " + each);
            }
        }
        return found.usable();
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

    /** Reads the file again, and the address if its time has come. Called each second. */
    void refresh() {
        secretsFile.ifPresent(this::refresh);
        if (isRemote()) {
            pendingOrNewFetch(failed ? REFETCH_INTERVAL : FETCH_INTERVAL).ifPresent(answer -> await(answer, answerMax));
        } else if (settings.location().isPresent()) {
            replace(() -> read(settings.location().get()));
        }
    }

    private void refresh(SecretsFile file) {
        try {
            List<VerificationKey> found = file.read();
            if (!found.equals(fromFile)) {
                fromFile = found;
                combine();
                LOG.log(Level.INFO, "Secrets of tokens were reloaded: " + found.size());
            }
            fileFailed = false;
        } catch (IOException e) {
            if (!fileFailed) {
                LOG.log(Level.WARNING, "Secrets of tokens cannot be read; the former ones stay valid", e);
            }
            fileFailed = true;
        }
    }

    /** Requests the address for an unknown key, at most every {@link #REFETCH_INTERVAL}. True if the keys may have changed. */
    boolean refreshForUnknownKey() {
        Optional<CompletableFuture<String>> answer =
                isRemote() ? pendingOrNewFetch(REFETCH_INTERVAL) : Optional.empty();
        answer.ifPresent(request -> await(request, REQUEST_WAIT_MAX));
        return answer.isPresent();
    }

    /** The request in progress, or a new one if the last one is older than this; else empty. */
    private synchronized Optional<CompletableFuture<String>> pendingOrNewFetch(Duration age) {
        if (fetching.isDone()) {
            long now = nanos.getAsLong();
            if (now - fetchedNanos < age.toNanos()) {
                return Optional.empty();
            }
            fetchedNanos = now;
            fetching = fetch(URI.create(settings.location().orElseThrow()));
        }
        return Optional.of(fetching);
    }

    private static void await(CompletableFuture<String> answer, Duration waitMax) {
        try {
            answer.get(waitMax.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(Level.DEBUG, "Keys have not arrived yet; the former ones stay valid", e);
        }
    }

    private void replace(Source source) {
        try {
            fromLocation = usable(PublicKeys.of(source.text()));
            combine();
            failed = false;
        } catch (IOException e) {
            if (!failed) {
                LOG.log(Level.WARNING, "Keys of tokens cannot be read; the former ones stay valid", e);
            }
            failed = true;
        }
    }

    private synchronized void combine() {
        List<VerificationKey> all = new ArrayList<>(configured);
        all.addAll(fromFile);
        all.addAll(fromLocation);
        keys = new Keys(all);
    }

    private static String read(String location) throws IOException {
        try (InputStream file = open(location)) {
            byte[] bytes = file.readNBytes(BYTES_MAX + 1);
            if (bytes.length > BYTES_MAX) {
                throw BoundedGet.tooLong(BYTES_MAX);
            }
            return new String(bytes, StandardCharsets.UTF_8);
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

    /** Requests the keys without blocking a thread. The future completes when the keys are in use, or after a failure. */
    private CompletableFuture<String> fetch(URI address) {
        return BoundedGet.text(address, answerMax, BYTES_MAX)
                .whenComplete((text, failure) -> replace(() -> {
                    if (failure != null) {
                        throw new IOException("no answer", failure);
                    }
                    return text;
                }));
    }
}
