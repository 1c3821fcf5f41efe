package dev.lockstep.wire.socket;

import dev.lockstep.access.GuardedRooms;
import dev.lockstep.access.RoomAccessRequest;
import dev.lockstep.api.Caller;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.identity.Identity;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.execution.ApplicationExecutor;
import dev.lockstep.execution.EngineExecutor;
import dev.lockstep.identity.Revocations;
import dev.lockstep.identity.RightsChanges;
import dev.lockstep.metrics.Metrics;
import dev.lockstep.wire.application.PeriodicTasks;
import dev.lockstep.wire.application.ServedApplication;
import dev.lockstep.wire.http.FailureMapper;
import dev.lockstep.wire.identity.AuthenticatedIdentity;
import dev.lockstep.wire.identity.CallerPrincipal;
import dev.lockstep.wire.identity.IdentityValidity;
import dev.lockstep.wire.identity.jwt.TokenVerifier;
import dev.lockstep.wire.socket.SocketSession.ClosePolicy;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.websocket.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** The open sockets of this WAR: lets them into their rooms, and out again. Thread-safe. */
@ApplicationScoped
public class SocketSessions {
    /** How often sessions are looked after. */
    private static final Duration SWEEP_EVERY = Duration.ofSeconds(5);

    /** How often it is looked whether callers are still who they were: an identity that ends takes its socket with it. */
    private static final Duration IDENTITIES_EVERY = Duration.ofMillis(250);

    /** The code a socket is closed with that may not follow its room any more. */
    public static final int CLOSED_FORBIDDEN = 4403;

    /** Policy violation (RFC 6455, section 7.4.1). */
    private static final int CLOSED_REFUSED = 1008;

    /** Unexpected condition (RFC 6455, section 7.4.1). */
    private static final int CLOSED_FAULT = 1011;

    private static final String COME_AGAIN = "the server could not tell what may be seen; reconnect";

    private static final String NOT_KNOWN = "it is not known what a caller may see; the socket is closed";

    private static final String NOT_ANY_MORE = "this room may not be followed any more";

    private static final Logger LOG = System.getLogger(SocketSessions.class.getName());

    private final Map<String, Connection> open = new ConcurrentHashMap<>();

    @Inject
    private GuardedRooms rooms;

    @Inject
    private ServedApplication application;

    @Inject
    private Metrics metrics;

    @Inject
    private IdentityValidity validity;

    @Inject
    private TokenVerifier tokens;

    @Inject
    private InstantSource clock;

    @Inject
    private Revocations revocations;

    @Inject
    private RightsChanges rights;

    @Inject
    private EngineExecutor engine;

    @Inject
    private ApplicationExecutor filters;

    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    private ManagedExecutorService executor;

    @Inject
    private PeriodicTasks tasks;

    private SocketWriters writers;
    private final Runnable closingEnded = this::closeEnded;
    private SocketLimits limits;
    private IdentityExpiryMonitor watch;
    private final RightsChanges.Listener judgingAgain = this::recheckRights;
    private @Nullable Future<?> sweep;
    private @Nullable Future<?> identities;

    @PostConstruct
    void start() {
        writers = new SocketWriters(SocketSettings.of(ConfigProvider.getConfig()), engine);
        limits = SocketLimits.of(ConfigProvider.getConfig());
        watch = new IdentityExpiryMonitor(open.values(), this::isStillValid, tokens::keys, clock);
        sweep = tasks.every(SWEEP_EVERY, () -> open.values().forEach(each -> checkTimeouts(each.session())));
        identities = tasks.every(IDENTITIES_EVERY, watch::check);
        revocations.listen(closingEnded);
        rights.listen(judgingAgain);
    }

    private void closeEnded() {
        watch.closeEnded();
    }

    /** After a fault with one session the others are looked after all the same. */
    private static void checkTimeouts(SocketSession session) {
        try {
            session.checkTimeouts(System.nanoTime());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a session could not be looked after; the others are", e);
        }
    }

    private boolean isStillValid(AuthenticatedIdentity identity) {
        return validity.isStillValid(identity.known(), identity.since());
    }

    private boolean isValid(AuthenticatedIdentity identity) {
        return validity.isValid(identity.known(), identity.since());
    }

    private void recheckRights(String ofApplication, String subject) {
        if (!ofApplication.equals(application.name())) {
            return;
        }
        for (Connection each : open.values()) {
            if (each.caller().subject().filter(subject::equals).isPresent()) {
                each.recheckRights();
            }
        }
    }

    private CompletionStage<?> checkRights(Connection entry, RoomId room) {
        SocketSession session = entry.session();
        if (!entry.isSubscribed()) { // it was refused when it came
            session.close(CLOSED_FORBIDDEN, NOT_ANY_MORE);
            return CompletableFuture.completedStage(null);
        }
        return rooms.rights(accessRequest(entry, room)).handle((granted, failure) -> {
            if (failure == null) {
                entry.setRights(granted);
            } else if (isForGood(failure)) {
                session.close(CLOSED_FORBIDDEN, NOT_ANY_MORE);
            } else {
                logNotKnown(failure);
                session.close(CLOSED_FAULT, COME_AGAIN);
            }
            return session;
        });
    }

    private static void logNotKnown(Throwable failure) {
        var unused = FailureMapper.refusal(NOT_KNOWN, failure);
    }

    private RoomAccessRequest accessRequest(Connection entry, RoomId room) {
        return RoomAccessRequest.toSubscribe(entry.caller(), room, collections());
    }

    @PreDestroy
    void stopSweep() {
        revocations.leave(closingEnded);
        rights.leave(judgingAgain);
        if (sweep != null) {
            sweep.cancel(false);
        }
        if (identities != null) {
            identities.cancel(false);
        }
    }

    /**
     * Lets a socket follow a room, for whoever its handshake says: first the hello frame, then the frames of every
     * commit. Never blocks.
     */
    public void subscribe(Session socket, RoomId room, SubscriptionSpec spec) {
        Connection entry = opened(socket, ClosePolicy.COMMON);
        entry.setRightsCheck((each, at) -> checkRights(each, room));
        // Rules are application code: they do not run on the I/O thread that opened the socket.
        entry.enqueue(() -> rooms.rights(accessRequest(entry, room)).handle((granted, failure) -> {
            if (failure == null) {
                entry.subscribe(granted.forReturning(entry.caller()), spec);
            } else {
                refuse(entry.session(), failure);
            }
            return granted;
        }));
    }

    /**
     * Opens a socket that says later what it follows, for whoever its handshake says. Never blocks.
     *
     * @param judge judges again what it may see, as a step of its inbox, where it has followed rooms; has it follow what it
     *     may by then, from {@link Connection#sent}. Nothing leaves meanwhile
     */
    public Connection open(
            Session socket, ClosePolicy closePolicy, BiFunction<Connection, Optional<Seq>, CompletionStage<?>> judge) {
        Connection entry = opened(socket, closePolicy);
        entry.setRightsCheck((each, at) -> done(() ->
                        each.isSubscribed() ? judge.apply(each, at) : CompletableFuture.completedStage(null))
                .whenComplete((nothing, failure) -> {
                    if (failure != null) {
                        logNotKnown(failure);
                        each.close(CLOSED_FAULT, COME_AGAIN);
                    }
                    each.session().resume();
                }));
        return entry;
    }

    private static CompletionStage<?> done(Supplier<CompletionStage<?>> judging) {
        try {
            return judging.get();
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private Connection opened(Session socket, ClosePolicy closePolicy) {
        SocketSession session = new SocketSession(
                socket.getId(), writers.of(socket), closePolicy, limits, executor, metrics.of(application.name()));
        Connection entry = new Connection(
                session, new SerialExecutor(executor), Caller.anonymous(application.name()), filters::of);
        signed(socket).ifPresent(entry::isOf);
        open.put(socket.getId(), entry);
        watch.watch(entry);
        metrics.of(application.name()).sessionOpened();
        return entry;
    }

    /** From now on the socket is this caller's: it ends with their identity. */
    public void isOf(Connection socket, Identity.Known known) {
        isOf(socket, signed(known));
    }

    private void isOf(Connection socket, AuthenticatedIdentity identity) {
        socket.isOf(identity);
        watch.watch(socket);
    }

    private Optional<AuthenticatedIdentity> signed(Session socket) {
        return socket.getUserPrincipal() instanceof CallerPrincipal principal
                ? Optional.of(signed(principal.known()))
                : Optional.empty();
    }

    private AuthenticatedIdentity signed(Identity.Known known) {
        return new AuthenticatedIdentity(known, validity.since(known));
    }

    /**
     * Takes a newer token of the same user, before the older one ends.
     *
     * @param accepted the answer to a token that is taken
     * @param refused makes the answer to another one, which changes nothing
     */
    public void renew(Session socket, String token, Frame accepted, Function<Refusal, Frame> refused) {
        Connection entry = open.get(socket.getId());
        if (entry != null) {
            entry.enqueue(token.length(), () -> renewed(entry, token, accepted, refused));
        }
    }

    private CompletionStage<?> renewed(
            Connection entry, String token, Frame accepted, Function<Refusal, Frame> refused) {
        entry.session()
                .send(
                        switch (tokens.verify(application.name(), token)) {
                            case Identity.Known known ->
                                isRenewed(entry, known) ? accepted : refused.apply(wrongUser());
                            case Identity.Refused wrong -> refused.apply(wrong.refusal());
                            case Identity.None nobody -> refused.apply(wrongUser());
                        });
        return CompletableFuture.completedStage(null);
    }

    private boolean isRenewed(Connection entry, Identity.Known known) {
        AuthenticatedIdentity newer = signed(known);
        boolean isTheirs = isValid(newer)
                && entry.identity().filter(newer::isOfTheSameUserAs).isPresent();
        if (isTheirs) {
            isOf(entry, newer);
        }
        return isTheirs;
    }

    private static Refusal wrongUser() {
        return new Refusal(ErrorCode.UNAUTHENTICATED, "The token is not a valid one of this socket's user");
    }

    private static void refuse(SocketSession session, Throwable failure) {
        if (FailureMapper.cause(failure) instanceof SyncException refused) {
            session.close(
                    isForGood(failure) ? CLOSED_REFUSED : CLOSED_FAULT,
                    refused.refusal().message());
        } else {
            session.close(CLOSED_FAULT, "the server could not open the room");
        }
    }

    /** Whether it was refused, and not only for the time being: then the client is to come again. */
    static boolean isForGood(Throwable failure) {
        return FailureMapper.cause(failure) instanceof SyncException refused
                && !refused.refusal().code().retryable();
    }

    /** The client on this socket has said something, if only that it is there. */
    public void received(Session socket) {
        Connection entry = open.get(socket.getId());
        if (entry != null) {
            entry.session().received(System.nanoTime());
        }
    }

    /** Answers a ping that the client on this socket has sent as a message. */
    public void pong(Session socket, Frame answer) {
        Connection entry = open.get(socket.getId());
        if (entry != null) {
            entry.session().pong(answer);
        }
    }

    /** The socket is gone. */
    public void closed(Session socket) {
        Connection entry = open.remove(socket.getId());
        if (entry != null) {
            metrics.of(application.name()).sessionEnded();
            entry.closed();
        }
    }

    private Set<CollectionName> collections() {
        return application.collections().stream().map(CollectionModel::name).collect(Collectors.toSet());
    }
}
