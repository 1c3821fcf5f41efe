package dev.lockstep.wire.strata;

import dev.lockstep.api.Caller;
import dev.lockstep.wire.strata.request.StrataRequests.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Barrier that keeps the order of a client's outbox after a retryable refusal. The published client repeats such a request
 * three times, puts its transactions back into the outbox, and sends the outbox only with its next connection. It sends newer
 * changes at once, and alone. So a request is refused while earlier transactions of the same client have no result, unless it
 * repeats one of them. The barrier also names the users whose sockets must close, so that their clients send the outbox.
 * Thread-safe; never blocks.
 */
final class RetryBarrier {
    /**
     * Longest time that refused transactions block later ones, from their last refusal or from the end of an outage. After it
     * they are forgotten: the client has dropped them, or is gone.
     */
    static final Duration BLOCKED_MAX = Duration.ofSeconds(60);

    /** Time from a client's last refusal until it must reconnect. It is longer than the pauses between its own retries. */
    static final Duration RECONNECT_AFTER = Duration.ofSeconds(6);

    /** Most remembered transactions of all clients. Further ones block nothing. */
    static final int TRANSACTIONS_MAX = 100_000;

    private final LongSupplier nanos;
    private final Map<Client, Pending> clients = new LinkedHashMap<>();
    private int transactions;

    RetryBarrier(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** A client of a user. Another user may send the same client id. */
    private record Client(String subject, String id) {
        static Client of(Caller caller, Transaction transaction) {
            return new Client(caller.subject().orElse(""), transaction.clientId());
        }
    }

    /** The refused transactions of a client. */
    private static final class Pending {
        /** Transactions that later ones must not overtake. */
        private final Set<String> first = new HashSet<>();

        /** Transactions that were refused to keep the order. */
        private final Set<String> later = new HashSet<>();

        private long blockedFromNanos;
        private long reconnectAtNanos;

        private int size() {
            return first.size() + later.size();
        }
    }

    /** Whether a request may run. Otherwise it must be refused as retryable, like the transactions that it would overtake. */
    synchronized boolean isAllowed(Caller caller, List<Transaction> request) {
        for (Map.Entry<Client, List<String>> each : byClient(caller, request).entrySet()) {
            Pending pending = clients.get(each.getKey());
            if (pending != null
                    && !pending.first.isEmpty()
                    && each.getValue().stream().noneMatch(pending.first::contains)) {
                return false;
            }
        }
        return true;
    }

    /** Records that a request was refused as retryable. */
    synchronized void refused(Caller caller, List<Transaction> request) {
        boolean overtakes = !isAllowed(caller, request);
        long now = nanos.getAsLong();
        byClient(caller, request).forEach((client, ids) -> {
            Pending pending = clients.computeIfAbsent(client, first -> new Pending());
            pending.blockedFromNanos = now;
            pending.reconnectAtNanos = now + RECONNECT_AFTER.toNanos();
            for (String id : ids) {
                boolean isLater = overtakes && !pending.first.contains(id);
                Set<String> kind = isLater ? pending.later : pending.first;
                if (transactions < TRANSACTIONS_MAX && kind.add(id)) {
                    transactions++;
                    if (!isLater && pending.later.remove(id)) {
                        transactions--;
                    }
                }
            }
        });
    }

    /** Records that a request received the results of its transactions. */
    synchronized void answered(Caller caller, List<Transaction> request) {
        if (clients.isEmpty()) {
            return;
        }
        byClient(caller, request).forEach((client, ids) -> {
            Pending pending = clients.get(client);
            if (pending != null) {
                transactions -= pending.size();
                ids.forEach(pending.first::remove);
                ids.forEach(pending.later::remove);
                transactions += pending.size();
                if (pending.size() == 0) {
                    clients.remove(client);
                }
            }
        });
    }

    private static Map<Client, List<String>> byClient(Caller caller, List<Transaction> request) {
        Map<Client, List<String>> byClient = new HashMap<>();
        for (Transaction each : request) {
            byClient.computeIfAbsent(Client.of(caller, each), first -> new ArrayList<>())
                    .add(each.clientTxId());
        }
        return byClient;
    }

    /** Records the end of an outage: all remembered clients must reconnect now, and their time starts again. */
    synchronized void databaseIsBack() {
        long now = nanos.getAsLong();
        for (Pending pending : clients.values()) {
            pending.blockedFromNanos = now;
            pending.reconnectAtNanos = now;
        }
    }

    /**
     * The users whose sockets must close now. Users whose clients have not sent everything by {@link #RECONNECT_AFTER} are
     * returned again.
     */
    synchronized Set<String> dueToReconnect() {
        long now = nanos.getAsLong();
        Set<String> due = new HashSet<>();
        clients.entrySet().removeIf(entry -> {
            Pending pending = entry.getValue();
            if (now - pending.blockedFromNanos > BLOCKED_MAX.toNanos()) {
                transactions -= pending.size();
                return true;
            }
            if (now - pending.reconnectAtNanos >= 0) {
                pending.reconnectAtNanos = now + RECONNECT_AFTER.toNanos();
                due.add(entry.getKey().subject());
            }
            return false;
        });
        return due;
    }

    synchronized boolean isEmpty() {
        return clients.isEmpty();
    }
}
