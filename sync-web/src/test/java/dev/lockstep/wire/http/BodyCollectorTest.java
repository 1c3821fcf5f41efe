package dev.lockstep.wire.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.admission.RequestBodyBudget;
import dev.lockstep.wire.http.BodyCollector.Outcome;
import dev.lockstep.wire.json.PlainJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BodyCollectorTest {
    private static final Duration ARRIVAL_MAX = Duration.ofSeconds(30);

    private final ByteBuffer buffer = ByteBuffer.allocate(4);
    private final Line line = new Line();
    private long nanos = Long.MAX_VALUE - 5; // they may overflow

    /** A client's side of a connection. */
    private static final class Line implements ReadableByteChannel {
        private final Queue<Byte> sent = new ArrayDeque<>();
        private boolean ended;
        private boolean cut;

        void send(String text) {
            for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
                sent.add(each);
            }
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            if (cut) {
                throw new IOException("as the test wants it");
            }
            int before = into.position();
            while (into.hasRemaining() && !sent.isEmpty()) {
                into.put(sent.remove());
            }
            int count = into.position() - before;
            return count == 0 && ended ? -1 : count;
        }

        @Override
        public boolean isOpen() {
            return !cut;
        }

        @Override
        public void close() {
            cut = true;
        }
    }

    private RequestBodyBudget intake(long bytesMax) {
        return new RequestBodyBudget(bytesMax, () -> nanos);
    }

    private BodyCollector body(RequestBodyBudget requestBodyBudget) {
        return body(requestBodyBudget, () -> {});
    }

    private BodyCollector body(RequestBodyBudget requestBodyBudget, Runnable givingWay) {
        return new BodyCollector(
                line, requestBodyBudget.reserve(givingWay), PlainJson.BODY_BYTES_MAX, ARRIVAL_MAX, () -> nanos);
    }

    private static String text(BodyCollector body) {
        StringBuilder text = new StringBuilder();
        body.takeAll().forEach(part -> text.append(new String(part, StandardCharsets.UTF_8)));
        return text.toString();
    }

    @Test
    @Tag("WIRE9")
    @DisplayName("[WIRE9] a body is collected as it arrives, until it ends")
    void collected() {
        BodyCollector body = body(intake(100));
        assertThat(body.read(buffer)).isEqualTo(Outcome.INCOMPLETE);
        line.send("half a b");
        assertThat(body.read(buffer)).isEqualTo(Outcome.INCOMPLETE);
        line.send("ody");
        line.ended = true;

        assertThat(body.read(buffer)).isEqualTo(Outcome.COMPLETE);
        assertThat(text(body)).isEqualTo("half a body");
    }

    @Test
    @Tag("WIRE9")
    @DisplayName("[WIRE9] bodies share one budget, and return their part when they are released")
    void budget() {
        RequestBodyBudget requestBodyBudget = intake(8);
        line.send("12345");
        BodyCollector first = body(requestBodyBudget);
        assertThat(first.read(buffer)).isEqualTo(Outcome.INCOMPLETE);
        BodyCollector second = body(requestBodyBudget);
        line.send("1234");
        assertThat(second.read(buffer)).isEqualTo(Outcome.OVER_BUDGET);
        second.release();

        first.release();
        line.send("12345678");
        assertThat(body(requestBodyBudget).read(buffer)).isEqualTo(Outcome.INCOMPLETE);
    }

    @Test
    @Tag("WIRE9")
    @DisplayName("[WIRE9] at the limit an upload over one second is evicted; a complete body is not")
    void evicted() {
        RequestBodyBudget requestBodyBudget = intake(10);
        AtomicInteger gaveWay = new AtomicInteger();
        BodyCollector slow = body(requestBodyBudget, gaveWay::incrementAndGet);
        line.send("1234");
        assertThat(slow.read(buffer)).isEqualTo(Outcome.INCOMPLETE);
        line.send("1234");
        line.ended = true;
        assertThat(body(requestBodyBudget, gaveWay::incrementAndGet).read(buffer))
                .isEqualTo(Outcome.COMPLETE);
        line.ended = false;
        line.send("1234");
        BodyCollector early = body(requestBodyBudget);
        assertThat(early.read(buffer)).isEqualTo(Outcome.OVER_BUDGET);
        early.release();

        nanos += Duration.ofMillis(1_001).toNanos();
        line.sent.clear();
        line.send("1234");
        assertThat(body(requestBodyBudget).read(buffer)).isEqualTo(Outcome.INCOMPLETE);
        assertThat(gaveWay).hasValue(1);
        line.send("1");
        assertThat(slow.read(buffer)).isEqualTo(Outcome.OVER_BUDGET);
        slow.release();
        line.send("1234");
        assertThat(body(requestBodyBudget).read(buffer)).isEqualTo(Outcome.OVER_BUDGET); // it is not released twice
    }

    @Test
    @Tag("WIRE9")
    @DisplayName("[WIRE9] a body over the dialect's limit is not collected beyond the byte that exceeds it")
    void large() {
        line.send("x".repeat(PlainJson.BODY_BYTES_MAX));
        BodyCollector body = body(intake(2L * PlainJson.BODY_BYTES_MAX));
        assertThat(body.read(buffer)).isEqualTo(Outcome.INCOMPLETE);
        line.send("x");

        assertThat(body.read(buffer)).isEqualTo(Outcome.TOO_LARGE);
    }

    @Test
    @Tag("WIRE9")
    @DisplayName("[WIRE9] a body has its time limit, plus one second for each 16 KiB that arrived")
    void time() {
        BodyCollector body = body(intake(PlainJson.BODY_BYTES_MAX));
        assertThat(body.leftNanos()).isEqualTo(ARRIVAL_MAX.toNanos());
        nanos += ARRIVAL_MAX.toNanos();
        assertThat(body.leftNanos()).isZero();

        line.send("x".repeat(BodyCollector.BYTES_A_SECOND_MIN));
        assertThat(body.read(buffer)).isEqualTo(Outcome.INCOMPLETE);
        assertThat(body.leftNanos()).isEqualTo(Duration.ofSeconds(1).toNanos());
    }

    @Test
    @Tag("WIRE9")
    @DisplayName("[WIRE9] a client that disconnects is no fault")
    void gone() {
        line.cut = true;

        assertThat(body(intake(8)).read(buffer)).isEqualTo(Outcome.CLIENT_GONE);
    }

    @Test
    @Tag("WIRE9")
    @DisplayName("[WIRE9] a bounded number of threads read bodies")
    void largeOnes() {
        RequestBodyBudget requestBodyBudget = intake(0);
        int taken = 0;
        while (requestBodyBudget.tryAcquireLarge()) {
            taken++;
        }
        assertThat(taken).isEqualTo(8);

        requestBodyBudget.releaseLarge();
        assertThat(requestBodyBudget.tryAcquireLarge()).isTrue();
    }
}
