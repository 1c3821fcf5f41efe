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
 * Keeps the order of a client's outbox over a refusal that passes. The published client repeats such a request three times,
 * puts its transactions back into the outbox, and sends the outbox with its next connection only; what its user does
 * meanwhile it sends at once, and alone. So a request is refused as well while earlier transactions of the same client are
 * not answered, unless it repeats one of them; and it is known whose sockets have to be closed, so that the outbox is sent.
 * Thread-safe; never blocks.
 */
final class RetryBarrier {
    /**
     * How long refused transactions hold back later ones, from their last refusal or from the end of an outage. After it
     * they are forgotten: the client has dropped them, or is gone.
     */
    static final Duration KEPT_FOR = Duration.ofSeconds(60);

    /** How long after its last refusal a client is told to connect anew: longer than it waits between its own retries. */
    static final Duration RECONNECTS_AFTER = Duration.ofSeconds(6);

    /** Most transactions that are remembered, of all clients. Of one more it is not known that it waits. */
    static final int TRANSACTIONS_MAX = 100_000;

    private final LongSupplier nanos;
    private final Map<Client, Waiting> clients = new LinkedHashMap<>();
    private int transactions;

    RetryBarrier(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** A user's client: another user may send the same id. */
    private record Client(String subject, String id) {
        static Client of(Caller caller, Transaction transaction) {
            return new Client(caller.subject().orElse(""), transaction.clientId());
        }
    }

    /** The outbox of a client, as far as it is known here. */
    private static final class Waiting {
        /** Those that later ones may not overtake. */
        private final Set<String> first = new HashSet<>();

        /** Those that were refused for the sake of the first. */
        private final Set<String> later = new HashSet<>();

        private long keptFromNanos;
        private long reconnectsAtNanos;

        private int size() {
            return first.size() + later.size();
        }
    }

    /** Whether a request may be done; else it is to be refused like those that it would overtake. */
    synchronized boolean isAllowed(Caller caller, List<Transaction> request) {
        for (Map.Entry<Client, List<String>> each : byClient(caller, request).entrySet()) {
            Waiting waiting = clients.get(each.getKey());
            if (waiting != null
                    && !waiting.first.isEmpty()
                    && each.getValue().stream().noneMatch(waiting.first::contains)) {
                return false;
            }
        }
        return true;
    }

    /** A request was refused as retryable. */
    synchronized void refused(Caller caller, List<Transaction> request) {
        boolean overtakes = !isAllowed(caller, request);
        long now = nanos.getAsLong();
        byClient(caller, request).forEach((client, ids) -> {
            Waiting waiting = clients.computeIfAbsent(client, first -> new Waiting());
            waiting.keptFromNanos = now;
            waiting.reconnectsAtNanos = now + RECONNECTS_AFTER.toNanos();
            for (String id : ids) {
                boolean isLater = overtakes && !waiting.first.contains(id);
                Set<String> kind = isLater ? waiting.later : waiting.first;
                if (transactions < TRANSACTIONS_MAX && kind.add(id)) {
                    transactions++;
                    if (!isLater && waiting.later.remove(id)) {
                        transactions--;
                    }
                }
            }
        });
    }

    /** A request was answered, transaction by transaction. */
    synchronized void answered(Caller caller, List<Transaction> request) {
        if (clients.isEmpty()) {
            return;
        }
        byClient(caller, request).forEach((client, ids) -> {
            Waiting waiting = clients.get(client);
            if (waiting != null) {
                transactions -= waiting.size();
                ids.forEach(waiting.first::remove);
                ids.forEach(waiting.later::remove);
                transactions += waiting.size();
                if (waiting.size() == 0) {
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

    /** The database is back: all are told to connect anew now, and kept from now on. */
    synchronized void databaseIsBack() {
        long now = nanos.getAsLong();
        for (Waiting waiting : clients.values()) {
            waiting.keptFromNanos = now;
            waiting.reconnectsAtNanos = now;
        }
    }

    /**
     * The users whose sockets are to be closed now. They are named again a while later, if their clients have not sent all
     * by then.
     */
    synchronized Set<String> dueToReconnect() {
        long now = nanos.getAsLong();
        Set<String> due = new HashSet<>();
        clients.entrySet().removeIf(entry -> {
            Waiting waiting = entry.getValue();
            if (now - waiting.keptFromNanos > KEPT_FOR.toNanos()) {
                transactions -= waiting.size();
                return true;
            }
            if (now - waiting.reconnectsAtNanos >= 0) {
                waiting.reconnectsAtNanos = now + RECONNECTS_AFTER.toNanos();
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
