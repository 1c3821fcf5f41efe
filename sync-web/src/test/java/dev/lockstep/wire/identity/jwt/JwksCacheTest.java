package dev.lockstep.wire.identity.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.wire.identity.TokenFixture;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys published at an address. */
@Timeout(30)
class JwksCacheTest {
    private static final KeyPair PAIR = TokenFixture.keyPair();
    private static final KeyPair OTHER_PAIR = TokenFixture.keyPair();

    private final AtomicInteger asked = new AtomicInteger();
    private volatile String keys = "{\"keys\":[" + TokenFixture.jwk(PAIR, "one") + "]}";
    private volatile int status = 200;
    private long nanos = Long.MAX_VALUE - 5; // they may overflow
    private Duration answerMax = Duration.ofDays(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean stalls;
    private HttpServer issuer;

    @BeforeEach
    void start() throws IOException {
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.createContext("/keys", exchange -> {
            asked.incrementAndGet();
            byte[] body = keys.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body, 0, stalls ? 1 : body.length);
                out.flush();
                if (stalls) {
                    stopped.await();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        issuer.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        issuer.start();
    }

    @AfterEach
    void stop() {
        stopped.countDown();
        issuer.stop(0);
    }

    private JwksCache stock() {
        String address = "http://127.0.0.1:" + issuer.getAddress().getPort() + "/keys";
        return stock(address);
    }

    private JwksCache stock(String location) {
        JwtSettings settings = new JwtSettings(
                List.of(),
                Optional.empty(),
                Optional.of(location),
                Optional.empty(),
                Set.of(),
                Duration.ZERO,
                Optional.empty(),
                Optional.empty());
        return new JwksCache(settings, () -> nanos, answerMax);
    }

    private void later(Duration by) {
        nanos += by.toNanos();
    }

    @Test
    @Tag("ID9")
    @DisplayName(
            "[ID9] keys from an address are fetched at the start and every five minutes; a removed key is forgotten")
    void rotated() {
        JwksCache stock = stock();
        String first = stock.valid().getFirst().name();
        keys = "{\"keys\":[" + TokenFixture.jwk(OTHER_PAIR, "two") + "]}";
        stock.refresh();
        assertThat(stock.names()).contains(first);
        assertThat(asked).hasValue(1);

        later(JwksCache.FETCH_INTERVAL);
        stock.refresh();
        assertThat(stock.names()).doesNotContain(first);
        assertThat(stock.valid()).hasSize(1);
    }

    @Test
    @Tag("ID9")
    @DisplayName("[ID9] a token with an unknown key triggers another fetch, at most once in ten seconds")
    void unknownKey() {
        JwksCache stock = stock();
        keys = "{\"keys\":[" + TokenFixture.jwk(PAIR, "one") + "," + TokenFixture.jwk(OTHER_PAIR, "two") + "]}";

        assertThat(stock.refreshForUnknownKey()).isFalse();
        later(JwksCache.REFETCH_INTERVAL);
        assertThat(stock.refreshForUnknownKey()).isTrue();
        assertThat(stock.valid()).hasSize(2);
        assertThat(stock.refreshForUnknownKey()).isFalse();
        assertThat(asked).hasValue(2);
    }

    @Test
    @Tag("ID9")
    @DisplayName("[ID9] an issuer's error or empty answer removes no keys, and is soon followed by another fetch")
    void away() {
        JwksCache stock = stock();
        status = 503;
        later(JwksCache.FETCH_INTERVAL);
        stock.refresh();
        assertThat(stock.valid()).hasSize(1);

        status = 200;
        keys = "<html>maintenance</html>";
        later(JwksCache.REFETCH_INTERVAL);
        stock.refresh();
        assertThat(stock.valid()).hasSize(1);
        assertThat(asked).hasValue(3);
    }

    @Test
    @Tag("ID2")
    @DisplayName("[ID2] an unreachable issuer at the start is asked again; a missing file fails the start")
    void notYet() {
        status = 503;
        JwksCache stock = stock();
        assertThat(stock.valid()).isEmpty();

        status = 200;
        later(JwksCache.REFETCH_INTERVAL);
        stock.refresh();
        assertThat(stock.valid()).hasSize(1);
        assertThatThrownBy(() -> stock("/nowhere/keys.json")).isInstanceOf(Misconfiguration.class);
    }

    @Test
    @Tag("ID9")
    @DisplayName(
            "[ID9] an issuer that stalls in the middle of its answer blocks no request, and is asked again in time")
    void stalls() {
        answerMax = Duration.ofSeconds(1);
        JwksCache stock = stock();
        stalls = true;
        later(JwksCache.FETCH_INTERVAL);
        stock.refresh();
        assertThat(stock.valid()).hasSize(1);
        stock.refreshForUnknownKey(); // the request was given up by then

        stalls = false;
        keys = "{\"keys\":[" + TokenFixture.jwk(PAIR, "one") + "," + TokenFixture.jwk(OTHER_PAIR, "two") + "]}";
        later(JwksCache.REFETCH_INTERVAL);
        stock.refresh();
        assertThat(stock.valid()).hasSize(2);
    }

    @Test
    @Tag("ID9")
    @DisplayName("[ID9] one fetch runs at a time, and requests continue with the known keys")
    void oneAtATime() {
        JwksCache stock = stock();
        stalls = true;
        later(JwksCache.REFETCH_INTERVAL);
        assertThat(stock.refreshForUnknownKey()).isTrue();
        later(JwksCache.REFETCH_INTERVAL);
        assertThat(stock.refreshForUnknownKey()).isTrue();

        assertThat(asked).hasValue(2);
        assertThat(stock.valid()).hasSize(1);
    }

    @Test
    @Tag("ID9")
    @DisplayName("[ID9] an oversized answer is not accepted as a set of keys")
    void tooLong() {
        JwksCache stock = stock();
        keys = "{\"keys\":[" + TokenFixture.jwk(OTHER_PAIR, "two") + "]" + " ".repeat(1024 * 1024) + "}";
        later(JwksCache.FETCH_INTERVAL);
        stock.refresh();

        assertThat(asked).hasValue(2);
        assertThat(stock.valid())
                .extracting(VerificationKey::name)
                .doesNotContain("two")
                .hasSize(1);
    }
}
