package dev.lockstep.wire.strata;

import dev.lockstep.access.Groups;
import dev.lockstep.access.MemberRooms;
import dev.lockstep.access.MemberRooms.Entered;
import dev.lockstep.api.AccessContext;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Operation;
import dev.lockstep.api.Seq;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.identity.Identity;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.database.DatabaseFailures;
import dev.lockstep.wire.application.ServedApplication;
import dev.lockstep.wire.identity.CallerTokens;
import dev.lockstep.wire.json.PlainJson;
import dev.lockstep.wire.socket.Connection;
import dev.lockstep.wire.socket.ConnectionPolicy;
import dev.lockstep.wire.socket.Frame;
import dev.lockstep.wire.socket.SocketHooks;
import dev.lockstep.wire.socket.SocketSessions;
import dev.lockstep.wire.strata.frame.StrataFrames;
import dev.lockstep.wire.strata.request.SubscribeRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.websocket.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sessions of the dialect's open sockets, and their subscriptions. Thread-safe. */
@ApplicationScoped
public class StrataSessions {
    /**
     * Most frames that wait between the packets. Hooks may send many at once. One more closes the socket with 1008.
     */
    static final int STRATA_RESPONSES_MAX = 1024;

    static final ConnectionPolicy POLICY = new ConnectionPolicy() {
        @Override
        public int responsesMax() {
            return STRATA_RESPONSES_MAX;
        }

        @Override
        public Close silent() {
            return new Close(CLOSED_FAULT, "Heartbeat timeout");
        }

        @Override
        public Optional<Frame> backlogUnreadableFrame() {
            return Optional.of(StrataFrames.error("Replay failed"));
        }
    };

    private static final Logger LOG = System.getLogger(StrataSessions.class.getName());

    /** The open sockets, and those that are marked to be closed. */
    private final Set<StrataSession> open = ConcurrentHashMap.newKeySet();

    private final Set<StrataSession> marked = ConcurrentHashMap.newKeySet();

    @Inject
    private SocketSessions sessions;

    @Inject
    private ServedApplication application;

    @Inject
    private StrataDialect dialect;

    @Inject
    private CallerTokens tokens;

    @Inject
    private MemberRooms rooms;

    @Inject
    private Groups groups;

    @Inject
    private SocketHooks hooks;

    @Inject
    private InstantSource clock;

    StrataSession open(Session socket) {
        StrataSession[] made = new StrataSession[1];
        Connection opened = sessions.open(socket, POLICY, (each, at) -> checkRights(made[0], at));
        StrataSession session = new StrataSession(
                opened, dialect.frames(), hooks.isEmpty() ? Optional.empty() : Optional.of(StrataFrames.MESSAGE));
        made[0] = session;
        open.add(session);
        opened.onClosed(() -> {
            open.remove(session);
            marked.remove(session);
            if (session.isHooked()) {
                hooks.closed(session);
            }
        });
        return session;
    }

    /** Closes the sockets of these users. */
    void close(Set<String> users, int code, String reason) {
        for (StrataSession each : open) {
            if (each.caller().subject().filter(users::contains).isPresent()) {
                each.connection().close(code, reason);
            }
        }
    }

    /** Marks the sockets of a user that are open now for {@link #closeMarked}. */
    void mark(String user) {
        mark(open.stream()
                .filter(each -> each.caller().subject().filter(user::equals).isPresent())
                .toList());
    }

    /** Marks all sockets that are open now for {@link #closeMarked}. */
    void markAll() {
        mark(open);
    }

    private void mark(Collection<StrataSession> sockets) {
        marked.addAll(sockets);
        marked.retainAll(open); // drops closed ones
    }

    /** Closes some of the marked sockets. */
    void closeMarked(int most, int code, String reason) {
        for (StrataSession each : marked.stream().limit(most).toList()) {
            marked.remove(each);
            each.connection().close(code, reason);
        }
    }

    /** Receives a complete message of the client. */
    void received(StrataSession session, String text) {
        session.connection().enqueue(text.length(), () -> {
            handle(session, text);
            return CompletableFuture.completedStage(null);
        });
    }

    private void handle(StrataSession session, String text) {
        Object message;
        try {
            message = PlainJson.parse(text);
        } catch (SyncException noJson) {
            return; // as the contract requires
        }
        if (!(message instanceof Map<?, ?> frame)) {
            return;
        }
        if ("subscribe".equals(frame.get("type"))) {
            subscribe(session, frame);
        } else if (session.isSubscribed()) {
            hooks.received(session, plain(frame));
        }
    }

    @SuppressWarnings("unchecked") // keys of JSON objects are texts
    private static Map<String, @Nullable Object> plain(Map<?, ?> frame) {
        return (Map<String, @Nullable Object>) frame;
    }

    private void subscribe(StrataSession session, Map<?, ?> frame) {
        Optional<SubscribeRequest> read = SubscribeRequest.of(frame);
        if (read.isEmpty()) {
            session.connection().send(StrataFrames.error("Authentication required"));
            return;
        }
        SubscribeRequest asked = read.get();
        if (!(tokens.identify(asked.token()) instanceof Identity.Known known)) {
            session.isIdle();
            session.connection().send(StrataFrames.error("Invalid token"));
            return;
        }
        sessions.authenticate(session.connection(), known);
        enteredOrEnds(session, asked.groups()).ifPresent(entered -> {
            session.subscribe(asked, entered);
            hooks.subscribed(session);
        });
    }

    private Optional<Entered> enteredOrEnds(StrataSession session, Optional<List<String>> wanted) {
        try {
            return Optional.of(entered(session, wanted, new AccessContext()));
        } catch (RuntimeException e) {
            String what = "Groups of a subscriber cannot be resolved; the socket is closed";
            if (DatabaseFailures.isTransient(e)) {
                DatabaseFailures.report(what, e);
            } else {
                LOG.log(Level.WARNING, what, e);
            }
            Frame why = StrataFrames.error("Failed to resolve sync groups");
            session.connection().closeAfter(why, ConnectionPolicy.CLOSED_FAULT, "Failed to resolve sync groups");
            return Optional.empty();
        }
    }

    private CompletionStage<?> checkRights(StrataSession session, Optional<Seq> at) {
        if (!session.isActive()) {
            return CompletableFuture.completedStage(null);
        }
        AccessContext context = new AccessContext();
        Entered entered = entered(session, session.wanted(), context);
        at.ifPresentOrElse(place -> send(session, entered, place), () -> session.resume(entered));
        return CompletableFuture.completedStage(null);
    }

    private void send(StrataSession session, Entered entered, Seq place) {
        List<String> all = groups.named(session.caller());
        if (!rooms.showsByGroupsAlone(session.caller())) {
            session.pause(StrataFrames.BOOTSTRAP_REQUIRED); // the client's other data is unknown
        } else if (session.knows(all)) {
            session.resume(entered, place);
        } else {
            session.pause(StrataFrames.groupsPacket(place, now(), subject(session), all));
        }
    }

    private static String subject(StrataSession session) {
        return session.caller().subject().orElse("");
    }

    private long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    }

    private Entered entered(StrataSession session, Optional<List<String>> wanted, AccessContext context) {
        return rooms.enter(session.caller(), Operation.SUBSCRIBE, wanted, collections(), context)
                .toCompletableFuture()
                .join();
    }

    private Set<CollectionName> collections() {
        return application.collections().stream().map(CollectionModel::name).collect(Collectors.toSet());
    }
}
