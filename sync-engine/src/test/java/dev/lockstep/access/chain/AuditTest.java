package dev.lockstep.access.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Caller;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Operation;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.access.AccessPolicy;
import dev.lockstep.api.access.AuditEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AuditTest {
    private static final int WAIT_SECONDS_MAX = 20;
    private static final Caller ANN = AccessChainFixture.user("ann");

    /** Keeps the events that it receives. */
    @ApplicationScoped
    public static class Book {
        private final BlockingQueue<AuditEvent> lines = new LinkedBlockingQueue<>();

        public void write(@ObservesAsync AuditEvent event) {
            lines.add(event);
        }

        public AuditEvent next() throws InterruptedException {
            AuditEvent next = lines.poll(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing was told");
            }
            return next;
        }

        public int left() {
            return lines.size();
        }
    }

    /** Throws at each event. */
    @ApplicationScoped
    public static class Clumsy {
        public void drop(@ObservesAsync AuditEvent event) {
            throw new IllegalStateException("dropped");
        }
    }

    /** Blocks at the first event until the test releases it. */
    @ApplicationScoped
    public static class Slow {
        private final CountDownLatch started = new CountDownLatch(1);
        private final CountDownLatch mayGoOn = new CountDownLatch(1);

        public void block(@ObservesAsync AuditEvent event) throws InterruptedException {
            started.countDown();
            if (!mayGoOn.await(WAIT_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new AssertionError("was never let go");
            }
        }

        public void awaitStart() throws InterruptedException {
            assertThat(started.await(WAIT_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        }

        public void release() {
            mayGoOn.countDown();
        }
    }

    private static AuditEvent of(Caller caller, Operation operation, Optional<ErrorCode> refusal) {
        return new AuditEvent(
                AccessChainFixture.NOW,
                caller,
                new RoomId("workshop", "p1"),
                operation,
                Set.of(new CollectionName("tasks")),
                refusal);
    }

    @Test
    @Tag("ACC15")
    @DisplayName("[ACC15] applied and refused writes and reads are reported without payload")
    void events() throws InterruptedException {
        AccessPolicy policy = AccessPolicy.builder().requireAuthentication().build();
        try (AccessChainFixture chain = AccessChainFixture.under(policy, Book.class)) {
            Book book = chain.select(Book.class);
            chain.submit(Request.by(ANN).of(Operation.INSERT, "tasks", Map.of("title", "a secret")));
            assertThat(book.next()).isEqualTo(of(ANN, Operation.INSERT, Optional.empty()));
            chain.submit(Request.anonymous().of(Operation.BULK_DELETE, "tasks"));
            assertThat(book.next())
                    .isEqualTo(of(
                            Caller.anonymous("workshop"),
                            Operation.BULK_DELETE,
                            Optional.of(ErrorCode.UNAUTHENTICATED)));
            var unused = chain.select(AdmittedReads.class).list(CollectionRulesTest.listing("tasks"));
            assertThat(book.next()).isEqualTo(of(ANN, Operation.READ, Optional.empty()));
        }
    }

    @Test
    @Tag("ACC15")
    @DisplayName("[ACC15] without an observer no event is fired")
    void unobserved() {
        try (AccessChainFixture chain = AccessChainFixture.without()) {
            assertThat(chain.select(AuditTrail.class).isObserved()).isFalse();
        }
        try (AccessChainFixture chain = AccessChainFixture.without(Book.class)) {
            assertThat(chain.select(AuditTrail.class).isObserved()).isTrue();
        }
    }

    @Test
    @Tag("ACC15")
    @DisplayName("[ACC15] an observer that throws harms neither the mutation nor other observers")
    void throwing() throws InterruptedException {
        try (AccessChainFixture chain = AccessChainFixture.without(Clumsy.class, Book.class)) {
            for (int i = 0; i < 3; i++) {
                assertThat(chain.refusalText(Request.by(ANN).of(Operation.UPDATE, "tasks")))
                        .isEqualTo("done");
                assertThat(chain.select(Book.class).next()).isEqualTo(of(ANN, Operation.UPDATE, Optional.empty()));
            }
        }
    }

    @Test
    @Tag("ACC15")
    @DisplayName("[ACC15] a slow observer delays no mutation, and at most 10,000 events wait for it")
    void slow() throws InterruptedException {
        try (AccessChainFixture chain = AccessChainFixture.without(Slow.class, Book.class)) {
            Slow slow = chain.select(Slow.class);
            AuditTrail trail = chain.select(AuditTrail.class);
            trail.record(Request.by(ANN).of(Operation.UPDATE, "tasks"), Optional.empty());
            slow.awaitStart();
            for (int i = 0; i < AuditTrail.EVENTS_WAITING_MAX + 10; i++) {
                trail.record(Request.by(ANN).of(Operation.UPDATE, "tasks"), Optional.empty());
            }
            assertThat(chain.refusalText(Request.by(ANN).of(Operation.UPDATE, "tasks")))
                    .isEqualTo("done");
            slow.release();

            Book book = chain.select(Book.class);
            for (int i = 0; i < AuditTrail.EVENTS_WAITING_MAX; i++) {
                book.next();
            }
            trail.record(Request.by(ANN).of(Operation.DELETE, "tasks"), Optional.empty());
            assertThat(book.next().operation()).isEqualTo(Operation.DELETE);
            assertThat(book.left()).isZero();
        }
    }
}
