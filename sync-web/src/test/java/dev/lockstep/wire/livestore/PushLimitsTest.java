package dev.lockstep.wire.livestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.api.Caller;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.StoreName;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.hook.StoreRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PushLimitsTest {
    private static final StoreName NOTES = new StoreName("notes");
    private static final StoreName OTHERS = new StoreName("others");

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000); // System.nanoTime may overflow

    private PushLimits limits(int client, int store) {
        return new PushLimits(new PushLimitSettings(client, store), nanos::get);
    }

    private static StoreRequest by(String user) {
        return new StoreRequest(
                new Caller(
                        "workshop", user.isEmpty() ? Optional.empty() : Optional.of(user), Map.of(), Optional.empty()),
                NOTES,
                Map.of(),
                Map.of());
    }

    private static Duration take(PushLimits limits, String user, StoreName store, String device, int events) {
        RoomId room = store.room("workshop");
        return limits.take(by(user), room, device, events);
    }

    private static void assertRefused(PushLimits limits, String user, StoreName store, String device) {
        assertThatThrownBy(() -> take(limits, user, store, device, 1))
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.refusal().code()).isEqualTo(ErrorCode.OVERLOADED));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    @Tag("OPS17")
    @DisplayName("[OPS17] a user may push a burst, then waits for the rate, and is refused if it would wait too long")
    void userLimit() {
        PushLimits limits = limits(10, 0);

        assertThat(take(limits, "ann", NOTES, "a", 100)).isZero();
        assertThat(take(limits, "ann", NOTES, "b", 10)).isZero();
        assertThat(take(limits, "ann", OTHERS, "b", 5)).isEqualTo(Duration.ofSeconds(1));
        assertThat(take(limits, "ann", NOTES, "b", 6)).isEqualTo(Duration.ofMillis(1_500));
        assertRefused(limits, "ann", NOTES, "c");
        assertThat(take(limits, "ben", NOTES, "a", 100)).isZero();

        pass(Duration.ofMillis(100));
        assertThat(take(limits, "ann", NOTES, "a", 1)).isEqualTo(PushLimits.WAIT_MAX);
        pass(Duration.ofMinutes(1));
        assertThat(take(limits, "ann", NOTES, "a", 100)).isZero();
        assertThat(take(limits, "ann", NOTES, "a", 1)).isZero();
    }

    @Test
    @Tag("OPS17")
    @DisplayName("[OPS17] anonymous devices are limited one by one, and together by the limit of their store")
    void anonymous() {
        PushLimits limits = limits(10, 20);

        assertThat(take(limits, "", NOTES, "a", 130)).isZero();
        assertRefused(limits, "", NOTES, "a");
        assertThat(take(limits, "", OTHERS, "a", 1)).isZero();
        assertThat(take(limits, "", NOTES, "b", 100)).isZero();
        assertThat(take(limits, "", NOTES, "c", 11)).isEqualTo(Duration.ofMillis(1_500));
        assertRefused(limits, "ann", NOTES, "d");
    }

    @Test
    @Tag("OPS17")
    @DisplayName("[OPS17] a push larger than the burst is accepted, and the next one pays for it")
    void largePush() {
        PushLimits limits = limits(1, 0);

        assertThat(take(limits, "ann", NOTES, "a", 50)).isZero();
        assertRefused(limits, "ann", NOTES, "a");
        pass(Duration.ofSeconds(40));
        assertThat(take(limits, "ann", NOTES, "a", 50)).isZero();
    }

    @Test
    @Tag("OPS17")
    @DisplayName("[OPS17] without limits, the default, no push waits; a negative limit is refused")
    void none() {
        PushLimits limits = limits(0, 0);
        for (int i = 0; i < 1_000; i++) {
            assertThat(take(limits, "", NOTES, "a", 10_000)).isZero();
        }
        assertThatThrownBy(() -> limits(-1, 0))
                .hasMessage("lockstep.livestore.client-events-per-second is -1: it must be 0, for no limit, or more");
    }

    @Test
    @Tag("OPS17")
    @DisplayName("[OPS17] the limiter remembers a bounded number of keys")
    void bounded() {
        RateLimit<Integer> limit = new RateLimit<>(1);
        limit.use(-1, 100, 0);
        assertThat(limit.waitNanos(-1, 0)).isPositive();
        for (int key = 0; key < RateLimit.KEYS_MAX; key++) {
            limit.use(key, 1, 0);
        }
        assertThat(limit.waitNanos(-1, 0)).isZero();
    }
}
