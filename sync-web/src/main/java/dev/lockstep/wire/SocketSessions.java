package dev.lockstep.wire;

import dev.lockstep.access.GuardedRooms;
import dev.lockstep.access.Subscription;
import dev.lockstep.api.Caller;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.SyncException;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.metrics.Metrics;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.websocket.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** The open sockets of this WAR: lets them into their rooms, and out again. Thread-safe. */
@ApplicationScoped
public class SocketSessions {
    /** How often sessions are looked after. */
    private static final Duration SWEEP_EVERY = Duration.ofSeconds(5);

    /** Policy violation (RFC 6455, section 7.4.1). */
    private static final int CLOSED_REFUSED = 1008;

    /** Unexpected condition (RFC 6455, section 7.4.1). */
    private static final int CLOSED_FAULT = 1011;

    private static final Logger LOG = System.getLogger(SocketSessions.class.getName());

    private final Map<String, OpenSocket> open = new ConcurrentHashMap<>();

    @Inject
    private GuardedRooms rooms;

    @Inject
    private ServedApplication application;

    @Inject
    private Metrics metrics;

    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    private ManagedExecutorService executor;

    @Resource(lookup = "java:comp/DefaultManagedScheduledExecutorService")
    private ManagedScheduledExecutorService scheduler;

    private SocketWriters writers;
    private @Nullable Future<?> sweep;

    @PostConstruct
    void start() {
        writers = new SocketWriters(SocketSettings.of(ConfigProvider.getConfig()));
        sweep = scheduler.scheduleWithFixedDelay(
                () -> open.values().forEach(each -> lookAfter(each.session())),
                SWEEP_EVERY.toMillis(),
                SWEEP_EVERY.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** A fault with one session is no reason to look after none any more: the scheduler ends what throws. */
    private static void lookAfter(SocketSession session) {
        try {
            session.lookAfter(System.nanoTime());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a session could not be looked after; the others are", e);
        }
    }

    @PreDestroy
    void stopSweep() {
        if (sweep != null) {
            sweep.cancel(true);
        }
    }

    /** Lets a socket follow a room: first the hello frame, then the frames of every commit. Never blocks. */
    public void follow(Session socket, RoomId room, Caller caller, Following following) {
        SocketSession session = new SocketSession(
                socket.getId(), writers.of(socket), following, executor, metrics.of(application.name()));
        OpenSocket entry = new OpenSocket(session, new Inbox(executor));
        open.put(socket.getId(), entry);
        metrics.of(application.name()).sessionOpened();
        // Rules are application code: they do not run on the I/O thread that opened the socket.
        entry.asks(() -> rooms.follow(new Subscription(caller, room, collections(), session))
                .handle((granted, failure) -> {
                    if (failure == null) {
                        entry.admitted(granted);
                        session.admitted(CatchUp.Source.of(granted));
                    } else {
                        refuse(session, failure);
                    }
                    return granted;
                }));
    }

    private static void refuse(SocketSession session, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof SyncException refused) {
            session.close(CLOSED_REFUSED, shortened(refused.refusal().message()));
        } else {
            session.close(CLOSED_FAULT, "the server could not open the room");
        }
    }

    // A close frame holds 123 bytes of reason (RFC 6455, section 5.5); a character takes three at most, or two of them
    // four.
    private static String shortened(String reason) {
        return reason.length() <= 41 ? reason : reason.substring(0, 40);
    }

    /** The client on this socket has said something, if only that it is there. */
    public void heard(Session socket) {
        OpenSocket entry = open.get(socket.getId());
        if (entry != null) {
            entry.session().heard(System.nanoTime());
        }
    }

    /** The socket is gone. */
    public void ended(Session socket) {
        OpenSocket entry = open.remove(socket.getId());
        if (entry != null) {
            metrics.of(application.name()).sessionEnded();
            entry.end();
        }
    }

    private Set<CollectionName> collections() {
        return application.collections().stream().map(CollectionModel::name).collect(Collectors.toSet());
    }
}
