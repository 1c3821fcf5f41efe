package dev.lockstep.wire.livestore;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.hook.StoreRequest;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Rate limits of pushes, for each client and each store. A push over the limit waits, so its client slows down and notices
 * nothing else; one that would wait too long is refused, and its client sends it again after a pause of its own, up to 30 s
 * (contract, section 1.6). A client is a user, or a device where callers are anonymous. Thread-safe.
 */
final class PushLimits {
    /** Longest wait of a push. One that would wait longer is refused, and uses nothing of the rate. */
    static final Duration WAIT_MAX = Duration.ofSeconds(2);

    private static final Refusal TOO_FAST =
            new Refusal(ErrorCode.OVERLOADED, "Too many events in a short time; the client sends them again later");

    private final LongSupplier nanoTime;
    private final RateLimit<ClientKey> clients;
    private final RateLimit<RoomId> stores;

    /** A user, or a device of anonymous callers in one store: the ids of devices are the clients' own. */
    private record ClientKey(String application, String user, String store, String device) {}

    PushLimits(PushLimitSettings settings) {
        this(settings, System::nanoTime);
    }

    /** @param nanoTime for tests with their own clock */
    PushLimits(PushLimitSettings settings, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.clients = new RateLimit<>(settings.clientEventsPerSecond());
        this.stores = new RateLimit<>(settings.storeEventsPerSecond());
    }

    /**
     * Takes the events of a push from the rates of its client and its store.
     *
     * @param device the client id of the first event
     * @return how long the push must wait; zero if it need not
     * @throws SyncException as {@code OVERLOADED}, if it would wait longer than {@link #WAIT_MAX}
     */
    synchronized Duration take(StoreRequest client, RoomId store, String device, int events) {
        ClientKey key = client.caller()
                .subject()
                .map(user -> new ClientKey(store.application(), user, "", ""))
                .orElseGet(() -> new ClientKey(store.application(), "", store.name(), device));
        long now = nanoTime.getAsLong();
        long wait = Math.max(clients.waitNanos(key, now), stores.waitNanos(store, now));
        if (wait > WAIT_MAX.toNanos()) {
            throw new SyncException(TOO_FAST);
        }
        clients.use(key, events, now);
        stores.use(store, events, now);
        return Duration.ofNanos(wait);
    }
}
