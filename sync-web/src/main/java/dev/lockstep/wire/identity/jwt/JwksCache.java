package dev.lockstep.wire.identity.jwt;

import dev.lockstep.collection.Misconfiguration;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The keys that are valid now. What lies in a file is read again each second, so that a key is taken away by writing the
 * file; what lies behind an address is asked for now and then. Thread-safe.
 */
final class JwksCache {
    /** How long keys from an address are taken to be the same. */
    static final Duration FETCH_EVERY = Duration.ofMinutes(5);

    /** How soon they are asked for again when a token names a key that is not there: any client can send such a token. */
    static final Duration FETCH_AGAIN_AFTER = Duration.ofSeconds(10);

    /** Longest wait for all of an answer. After it the keys so far go on to be valid. */
    private static final Duration ANSWER_WAIT_MAX = Duration.ofSeconds(5);

    /** Longest wait of a request for keys that are asked for. After it its token is judged by those that are known. */
    private static final Duration REQUEST_WAIT_MAX = Duration.ofSeconds(1);

    /** Most bytes of an answer, or a file. What is longer is no set of keys. */
    private static final int BYTES_MAX = 1024 * 1024;

    private static final Logger LOG = System.getLogger(JwksCache.class.getName());

    private final JwtSettings settings;
    private final LongSupplier nanos;
    private final Duration answerMax;
    private final List<VerificationKey> configured = new ArrayList<>();
    private final Optional<SecretsFile> secretsFile;
    private volatile List<VerificationKey> ofFile = List.of();
    private volatile List<VerificationKey> located = List.of();
    private volatile Set<String> unusable = Set.of();
    private volatile boolean fileFailed;
    private volatile Keys keys = new Keys(List.of());
    private CompletableFuture<String> asking = CompletableFuture.completedFuture("");
    private long askedNanos;
    private volatile boolean failed;

    /** @throws Misconfiguration if a key that is here cannot be read */
    JwksCache(JwtSettings settings, LongSupplier nanos) {
        this(settings, nanos, ANSWER_WAIT_MAX);
    }

    /** @param answerMax longest wait for all of an answer */
    JwksCache(JwtSettings settings, LongSupplier nanos, Duration answerMax) {
        this.settings = settings;
        this.nanos = nanos;
        this.answerMax = answerMax;
        askedNanos = nanos.getAsLong() - FETCH_EVERY.toNanos();
        settings.secrets().forEach(secret -> configured.add(VerificationKey.secret(secret)));
        settings.publicKey().ifPresent(text -> configured.addAll(required(JwtSettings.PUBLIC_KEY, () -> text)));
        secretsFile = settings.secretsLocation().map(SecretsFile::new);
        secretsFile.ifPresent(file -> ofFile = required(file));
        join();
        settings.location().ifPresent(location -> {
            if (isRemote()) {
                refresh(); // a server that is not there yet is no reason not to start
            } else {
                located = required(JwtSettings.LOCATION, () -> read(location));
                join();
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

    private List<VerificationKey> required(String name, Source source) {
        try {
            PublicKeys found = PublicKeys.of(source.text());
            if (found.usable().isEmpty() && !found.unusable().isEmpty()) {
                throw new Misconfiguration(
                        name + " holds no key that is usable: " + String.join("; ", found.unusable()));
            }
            return usable(found);
        } catch (IOException e) {
            throw new Misconfiguration(name + " holds no public key: it must be a PEM, a JWK or a set of them.");
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

    /** Those that are usable; each of the others is logged once. */
    private List<VerificationKey> usable(PublicKeys found) {
        Set<String> before = unusable;
        unusable = Set.copyOf(found.unusable());
        for (String each : unusable) {
            if (!before.contains(each)) {
                LOG.log(Level.WARNING, "a public key of tokens is not used. " + each);
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

    /** Looks whether there are other keys, if it is time to; called each second. */
    void refresh() {
        secretsFile.ifPresent(this::refresh);
        if (isRemote()) {
            asking(failed ? FETCH_AGAIN_AFTER : FETCH_EVERY).ifPresent(answer -> await(answer, answerMax));
        } else if (settings.location().isPresent()) {
            take(() -> read(settings.location().get()));
        }
    }

    private void refresh(SecretsFile file) {
        try {
            List<VerificationKey> found = file.read();
            if (!found.equals(ofFile)) {
                ofFile = found;
                join();
                LOG.log(Level.INFO, "the secrets of tokens were read anew: " + found.size());
            }
            fileFailed = false;
        } catch (IOException e) {
            if (!fileFailed) {
                LOG.log(
                        Level.WARNING,
                        "the secrets of tokens cannot be read; those that were read before stay valid",
                        e);
            }
            fileFailed = true;
        }
    }

    /** A key that is not there is asked for; true if there may be other keys than before. */
    boolean refreshForUnknownKey() {
        Optional<CompletableFuture<String>> answer = isRemote() ? asking(FETCH_AGAIN_AFTER) : Optional.empty();
        answer.ifPresent(keysThatCome -> await(keysThatCome, REQUEST_WAIT_MAX));
        return answer.isPresent();
    }

    /** The answer that somebody waits for already, or that of another question if the last one is so old. */
    private synchronized Optional<CompletableFuture<String>> asking(Duration after) {
        if (asking.isDone()) {
            long now = nanos.getAsLong();
            if (now - askedNanos < after.toNanos()) {
                return Optional.empty();
            }
            askedNanos = now;
            asking = ask(URI.create(settings.location().orElseThrow()));
        }
        return Optional.of(asking);
    }

    private static void await(CompletableFuture<String> answer, Duration most) {
        try {
            answer.get(most.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(Level.DEBUG, "keys are not there yet; those that are known go on to be valid", e);
        }
    }

    private void take(Source source) {
        try {
            located = usable(PublicKeys.of(source.text()));
            join();
            failed = false;
        } catch (IOException e) {
            if (!failed) {
                LOG.log(Level.WARNING, "the keys of tokens cannot be read; those that were read before stay valid", e);
            }
            failed = true;
        }
    }

    private synchronized void join() {
        List<VerificationKey> all = new ArrayList<>(configured);
        all.addAll(ofFile);
        all.addAll(located);
        keys = new Keys(all);
    }

    private static String read(String location) throws IOException {
        try (InputStream file = open(location)) {
            byte[] bytes = file.readNBytes(BYTES_MAX + 1);
            if (bytes.length > BYTES_MAX) {
                throw tooLong();
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static IOException tooLong() {
        return new IOException("longer than " + BYTES_MAX + " bytes");
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

    /** Asks for the keys; no thread waits for them. Done once they are taken, or known not to come. */
    private CompletableFuture<String> ask(URI address) {
        HttpClient client = HttpClient.newHttpClient();
        return client.sendAsync(HttpRequest.newBuilder(address).build(), JwksCache::body)
                .thenApply(HttpResponse::body)
                .orTimeout(answerMax.toNanos(), TimeUnit.NANOSECONDS)
                .whenComplete((text, failure) -> {
                    client.shutdownNow(); // what is still on its way is of no use
                    take(() -> {
                        if (failure != null) {
                            throw new IOException("no answer", failure);
                        }
                        return text;
                    });
                });
    }

    private static BodySubscriber<String> body(HttpResponse.ResponseInfo answer) {
        return new Text(answer.statusCode());
    }

    /** The text of an answer, of which no more is held than may be. */
    private static final class Text implements BodySubscriber<String> {
        private final CompletableFuture<String> text = new CompletableFuture<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final int status;

        Text(int status) {
            this.status = status;
        }

        @Override
        public CompletionStage<String> getBody() {
            return text;
        }

        @Override
        public void onSubscribe(Flow.Subscription answer) {
            answer.request(Long.MAX_VALUE);
            if (status != HttpURLConnection.HTTP_OK) {
                text.completeExceptionally(new IOException("status " + status));
            }
        }

        @Override
        public void onNext(List<ByteBuffer> parts) {
            for (ByteBuffer part : parts) {
                if (part.remaining() > BYTES_MAX - bytes.size()) {
                    text.completeExceptionally(tooLong());
                }
                if (!text.isDone()) {
                    byte[] some = new byte[part.remaining()];
                    part.get(some);
                    bytes.writeBytes(some);
                }
            }
        }

        @Override
        public void onError(Throwable failure) {
            text.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            text.complete(bytes.toString(StandardCharsets.UTF_8));
        }
    }
}
