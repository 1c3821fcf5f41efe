package dev.lockstep.event.consumer;

import dev.lockstep.api.event.EventConsumer;
import dev.lockstep.collection.ApplicationBeans;
import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.database.ContainerResources;
import dev.lockstep.database.ContextualTransactions;
import dev.lockstep.database.LoggedTransactions;
import dev.lockstep.database.Transactions;
import dev.lockstep.delivery.PublisherThread;
import dev.lockstep.log.Commit;
import dev.lockstep.log.LogEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The consumers of all applications, each with a thread of its own. */
@ApplicationScoped
public class EventConsumers {
    /** Longest wait for a consumer when the server stops. */
    private static final Duration STOP_WAIT_MAX = Duration.ofSeconds(5);

    @Inject
    @Any
    private Instance<EventConsumer> declared;

    @Inject
    private Transactions transactions;

    @Inject
    private LoggedTransactions logged;

    @Inject
    private ContainerResources resources;

    @Inject
    private PublisherThread publisher;

    private final List<ConsumerThread> consumers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    /** @throws Misconfiguration if two consumers of an application have the same name, or a name is invalid */
    public void start() {
        Transactions engine = contextual(transactions);
        Transactions application = contextual(logged);
        ApplicationBeans.byApplication(declared).forEach((name, beans) -> {
            Set<String> names = new HashSet<>();
            for (EventConsumer consumer : beans) {
                requireName(name, consumer, names);
                consumers.add(new ConsumerThread(name, consumer, engine, application));
            }
        });
        publisher.afterDelivery(this::delivered);
        for (ConsumerThread consumer : consumers) {
            Thread thread = resources.threads().newThread(consumer::run);
            thread.setName(consumer.name());
            thread.start();
            threads.add(thread);
            consumer.wake();
        }
    }

    private Transactions contextual(Transactions of) {
        return new ContextualTransactions(of, task -> resources.contexts().execute(task));
    }

    private static void requireName(String application, EventConsumer consumer, Set<String> names) {
        String name = consumer.name();
        if (name.isEmpty() || name.length() > EventConsumer.NAME_CHARACTERS_MAX || !names.add(name)) {
            throw new Misconfiguration("The event consumer '" + name + "' of '" + application
                    + "' needs a name of 1 to " + EventConsumer.NAME_CHARACTERS_MAX
                    + " characters that no other consumer of the application has.");
        }
    }

    private void delivered(List<Commit> commits) {
        for (Commit commit : commits) {
            if (commit.has(LogEntry.Kind.EVENTS)) {
                consumers.forEach(ConsumerThread::wake);
                return;
            }
        }
    }

    /** Waits for the events that are being consumed. */
    public void stop() throws InterruptedException {
        consumers.forEach(ConsumerThread::stop);
        for (Thread thread : threads) {
            thread.join(STOP_WAIT_MAX.toMillis());
        }
    }
}
