package dev.lockstep.wire.socket;

import dev.lockstep.api.Caller;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.identity.Identity;
import dev.lockstep.execution.ApplicationExecutor;
import dev.lockstep.identity.Revocations;
import dev.lockstep.identity.RightsChanges;
import dev.lockstep.metrics.ApplicationMetrics;
import dev.lockstep.metrics.Metrics;
import dev.lockstep.wire.application.PeriodicTasks;
import dev.lockstep.wire.application.ServedApplication;
import dev.lockstep.wire.identity.AuthenticatedIdentity;
import dev.lockstep.wire.identity.CallerPrincipal;
import dev.lockstep.wire.identity.IdentityValidity;
import dev.lockstep.wire.identity.jwt.TokenVerifier;
import dev.lockstep.wire.socket.Connection.RightsCheck;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** The open connections of this WAR: opens them, pings them, and closes them when their identity ends. Thread-safe. */
@ApplicationScoped
public class SocketSessions {
    /** How often sessions are pinged, and checked for silence and slowness. */
    private static final Duration SWEEP_EVERY = Duration.ofSeconds(5);

    /** How often identities are checked: the end of an identity closes its connections. */
    private static final Duration IDENTITIES_EVERY = Duration.ofMillis(250);

    private static final Logger LOG = System.getLogger(SocketSessions.class.getName());

    private final Map<Session, Connection> open = new ConcurrentHashMap<>();

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
    private ApplicationExecutor filters;

    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    private ManagedExecutorService executor;

    @Inject
    private PeriodicTasks tasks;

    @Inject
    private SocketWriter.Factory writers;

    private SocketLimits limits;
    private IdentityExpiryMonitor monitor;
    private final Runnable onRevoked = this::closeEnded;
    private final RightsChanges.Listener onRightsChanged = this::recheckRights;
    private @Nullable Future<?> sweep;
    private @Nullable Future<?> identities;

    @PostConstruct
    void start() {
        limits = SocketLimits.of(ConfigProvider.getConfig());
        monitor = new IdentityExpiryMonitor(open.values(), this::isStillValid, tokens::keys, clock);
        sweep = tasks.every(SWEEP_EVERY, () -> open.values().forEach(each -> checkTimeouts(each.session())));
        identities = tasks.every(IDENTITIES_EVERY, monitor::check);
        revocations.listen(onRevoked);
        rights.listen(onRightsChanged);
    }

    private void closeEnded() {
        monitor.closeEnded();
    }

    /** A fault of one session does not keep the others from being checked. */
    private static void checkTimeouts(SocketSession session) {
        try {
            session.checkTimeouts(System.nanoTime());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Timeout check of a session failed; other sessions are not affected", e);
        }
    }

    private boolean isStillValid(AuthenticatedIdentity identity) {
        return validity.isStillValid(identity.known(), identity.since());
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

    @PreDestroy
    void stop() {
        revocations.leave(onRevoked);
        rights.leave(onRightsChanged);
        if (sweep != null) {
            sweep.cancel(false);
        }
        if (identities != null) {
            identities.cancel(false);
        }
    }

    /**
     * Opens the connection of a socket, for the caller of its handshake. It has no subscriptions. Never blocks.
     *
     * @param rightsCheck checks what the connection may read, whenever that may have changed; nothing is sent meanwhile. A
     *     failed check closes the connection with 1011
     */
    public Connection open(Session socket, ConnectionPolicy policy, RightsCheck rightsCheck) {
        ApplicationMetrics counted = metrics.of(application.name());
        SocketSession session =
                new SocketSession(socket.getId(), writers.of(socket), policy, limits, executor, counted);
        Connection connection = new Connection(
                session, new SerialExecutor(executor), Caller.anonymous(application.name()), filters::of);
        connection.setRightsCheck(rightsCheck);
        if (socket.getUserPrincipal() instanceof CallerPrincipal principal) {
            connection.authenticate(identity(principal.known()));
        }
        open.put(socket, connection);
        monitor.watch(connection);
        counted.sessionOpened();
        return connection;
    }

    /** Gives a connection the identity that its client has sent. The end of the identity closes the connection. */
    public void authenticate(Connection connection, Identity.Known known) {
        authenticate(connection, identity(known));
    }

    private void authenticate(Connection connection, AuthenticatedIdentity identity) {
        connection.authenticate(identity);
        monitor.watch(connection);
    }

    private AuthenticatedIdentity identity(Identity.Known known) {
        return new AuthenticatedIdentity(known, validity.since(known));
    }

    /**
     * Takes a newer token of the same user, before the older one ends. Called by a request of the connection; may block.
     *
     * @return the refusal of a token that changes nothing; empty if it is taken
     */
    public Optional<Refusal> renew(Connection connection, String token) {
        return switch (tokens.verify(application.name(), token)) {
            case Identity.Known known -> isRenewed(connection, known) ? Optional.empty() : Optional.of(wrongUser());
            case Identity.Refused wrong -> Optional.of(wrong.refusal());
            case Identity.None none -> Optional.of(wrongUser());
        };
    }

    private boolean isRenewed(Connection connection, Identity.Known known) {
        AuthenticatedIdentity newer = identity(known);
        boolean isOfTheUser = validity.isValid(newer.known(), newer.since())
                && connection.identity().filter(newer::isOfTheSameUserAs).isPresent();
        if (isOfTheUser) {
            authenticate(connection, newer);
        }
        return isOfTheUser;
    }

    private static Refusal wrongUser() {
        return new Refusal(ErrorCode.UNAUTHENTICATED, "The token is not a valid one of this socket's user");
    }

    /** Closes the socket of a dialect that this application does not serve. */
    public void refuse(Session socket) throws IOException {
        socket.close(new CloseReason(CloseCodes.VIOLATED_POLICY, "this application does not speak the dialect"));
    }

    /** The socket has failed, and is closed. */
    public void failed(Session socket, Throwable cause) {
        LOG.log(Level.DEBUG, () -> "session=" + socket.getId() + " failed", cause);
        closed(socket);
    }

    /** The socket is closed. */
    public void closed(Session socket) {
        Connection connection = open.remove(socket);
        if (connection != null) {
            metrics.of(application.name()).sessionEnded();
            connection.closed();
        }
    }
}
