package dev.lockstep.wire.livestore;

import dev.lockstep.api.Caller;
import dev.lockstep.api.hook.StoreRequest;
import dev.lockstep.wire.livestore.pull.StorePull;
import dev.lockstep.wire.livestore.rpc.StoreAddress;
import dev.lockstep.wire.socket.Connection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** State of one socket of this dialect: its store and its open pulls. Thread-safe. */
final class StoreSession {
    /** Most open pulls. One more closes the socket with 1008; published clients have one. */
    static final int PULLS_MAX = 256;

    /** Longest time without a pull on a socket that sends pings only. Published clients pull as soon as they are connected. */
    static final long NO_PULL_NANOS_MAX = TimeUnit.SECONDS.toNanos(5);

    private final Connection connection;
    private final StoreAddress address;
    private final Map<String, String> headers;
    private final Map<String, StorePull> pulls = new ConcurrentHashMap<>();
    private volatile boolean hasSpoken;
    private volatile boolean isPullRequested;
    private volatile long heardNanos; // the last message that is no ping

    /**
     * A socket that has just opened.
     *
     * @param headers the forwarded headers of the handshake
     */
    StoreSession(Connection connection, StoreAddress address, Map<String, String> headers, long nowNanos) {
        this.connection = connection;
        this.address = address;
        this.headers = headers;
        this.heardNanos = nowNanos;
    }

    Connection connection() {
        return connection;
    }

    /** The request that hooks receive, with the caller at present. */
    StoreRequest client() {
        return request(connection.caller(), address, headers);
    }

    static StoreRequest request(Caller caller, StoreAddress address, Map<String, String> headers) {
        Map<String, @Nullable Object> payload =
                address.payload().map(StoreAddress.ClientPayload::members).orElse(Map.of());
        return new StoreRequest(caller, address.store(), payload, headers);
    }

    /** The client has sent a message that is no ping; whether it is the first. One thread at a time calls it. */
    boolean heard(long nowNanos) {
        boolean isFirst = !hasSpoken;
        heardNanos = nowNanos;
        hasSpoken = true;
        return isFirst;
    }

    /** The client has asked for a pull. */
    void pullRequested() {
        isPullRequested = true;
    }

    /** Whether no pull was requested although there was time for it, and nothing else was sent for as long. */
    boolean lacksPull(long nowNanos) {
        return !isPullRequested && nowNanos - heardNanos >= NO_PULL_NANOS_MAX;
    }

    boolean isFull() {
        return pulls.size() >= PULLS_MAX;
    }

    /** Begins a pull. It replaces the one with the same id. Called by a request of the connection. */
    void begin(String requestId, StorePull pull) {
        end(requestId);
        pulls.put(requestId, pull);
        pull.begin();
    }

    /** Ends a pull; whether it was open. Called by a request of the connection. */
    boolean end(String requestId) {
        Optional<StorePull> open = Optional.ofNullable(pulls.remove(requestId));
        open.ifPresent(StorePull::end);
        return open.isPresent();
    }

    /** Forgets a pull that has ended by itself. */
    void ended(String requestId) {
        pulls.remove(requestId);
    }

    Optional<StorePull> pull(String requestId) {
        return Optional.ofNullable(pulls.get(requestId));
    }

    List<StorePull> pulls() {
        return List.copyOf(pulls.values());
    }
}
