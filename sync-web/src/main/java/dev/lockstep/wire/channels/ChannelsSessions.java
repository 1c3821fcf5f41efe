package dev.lockstep.wire.channels;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.hook.EphemeralChannel;
import dev.lockstep.wire.application.PeriodicTasks;
import dev.lockstep.wire.channels.ChannelsSession.Subscribed;
import dev.lockstep.wire.channels.frame.UnversionedFrames;
import dev.lockstep.wire.channels.frame.VersionedFrames;
import dev.lockstep.wire.channels.request.ClientMessage;
import dev.lockstep.wire.channels.request.Limits;
import dev.lockstep.wire.channels.request.UnversionedMessages;
import dev.lockstep.wire.channels.request.VersionedMessages;
import dev.lockstep.wire.channels.subscription.Channel;
import dev.lockstep.wire.channels.subscription.ChannelNames;
import dev.lockstep.wire.channels.subscription.ChannelReads;
import dev.lockstep.wire.channels.subscription.ShownStamps;
import dev.lockstep.wire.http.FailureMapper;
import dev.lockstep.wire.socket.Connection;
import dev.lockstep.wire.socket.SocketSessions;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.websocket.Session;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Sessions of the dialect's open sockets: reads their messages, and has them handled in order. Thread-safe. */
@ApplicationScoped
public class ChannelsSessions {
    /** Most channels of one connection. One more is refused. */
    static final int CHANNELS_MAX = Limits.SUBSCRIPTIONS_MAX;

    private static final Duration IDLE_CHECK = Duration.ofSeconds(15);

    @Inject
    private SocketSessions sessions;

    @Inject
    private ChannelNames names;

    @Inject
    private EphemeralSubscriptions ephemeral;

    @Inject
    private ChannelReads reads;

    @Inject
    private UnversionedSubscriber unversioned;

    @Inject
    private VersionedSubscriber versioned;

    @Inject
    private ChannelMutations mutations;

    @Inject
    private InstantSource clock;

    @Inject
    private PeriodicTasks tasks;

    private final Set<ChannelsSession> open = ConcurrentHashMap.newKeySet();

    @PostConstruct
    void start() {
        var unused = tasks.every(IDLE_CHECK, () -> open.forEach(ChannelsSession::closeIdlePages));
    }

    ChannelsSession open(Session socket) {
        ChannelPolicy policy = new ChannelPolicy();
        ChannelsSession[] made = new ChannelsSession[1];
        Connection opened = sessions.open(socket, policy, (connection, at) -> checkRights(made[0]));
        ChannelsSession session =
                new ChannelsSession(opened, policy, new ShownStamps(clock), mine -> message -> handle(mine, message));
        made[0] = session;
        open.add(session);
        opened.onClosed(() -> {
            open.remove(session);
            ephemeral.closed(session);
            session.closed();
        });
        return session;
    }

    /** A message has arrived. Never blocks. */
    void received(ChannelsSession session, String text) {
        Optional<Map<String, @Nullable Object>> object = UnversionedMessages.object(text);
        if (object.isPresent()) {
            session.decide(object.get().containsKey(VersionedMessages.VERSION));
        }
        Optional<ClientMessage> message = session.isVersioned()
                ? Optional.of(versioned(text, object))
                : object.flatMap(UnversionedMessages::read);
        message.ifPresent(read -> received(session, read, text.length()));
    }

    private static ClientMessage versioned(String text, Optional<Map<String, @Nullable Object>> object) {
        if (object.isEmpty()) {
            return new ClientMessage.Malformed(Optional.empty());
        }
        return VersionedMessages.isTooLong(text)
                ? VersionedMessages.tooLong(object.get())
                : VersionedMessages.read(object.get());
    }

    private static void received(ChannelsSession session, ClientMessage message, int characters) {
        if (message instanceof ClientMessage.Subscribe || message instanceof ClientMessage.SubscribeBatch) {
            session.asked();
        }
        if (message instanceof ClientMessage.Ping && session.isChannelless(System.nanoTime())) {
            session.connection().close(ChannelPolicy.CLOSED_TRY_AGAIN, "no channel was asked for; connect again");
        } else if (message instanceof ClientMessage.Ping ping) {
            session.connection()
                    .pong(session.isVersioned() ? VersionedFrames.pong(ping.nonce()) : UnversionedFrames.PONG);
        } else {
            session.receive(message, characters);
        }
    }

    private CompletionStage<?> handle(ChannelsSession session, ClientMessage message) {
        return switch (message) {
            case ClientMessage.Subscribe subscribe -> subscribe(session, List.of(subscribe));
            case ClientMessage.SubscribeBatch batch -> subscribe(session, batch.subscriptions());
            case ClientMessage.Unsubscribe unsubscribe -> {
                session.unsubscribe(unsubscribe.channel());
                ephemeral.unsubscribe(session, unsubscribe.channel());
                yield CompletableFuture.completedStage(null);
            }
            case ClientMessage.Mutate mutate -> mutations.execute(session, mutate);
            case ClientMessage.Malformed malformed -> {
                refuseMalformed(session, malformed);
                yield CompletableFuture.completedStage(null);
            }
            case ClientMessage.Ping answered -> CompletableFuture.completedStage(null);
        };
    }

    private static void refuseMalformed(ChannelsSession session, ClientMessage.Malformed malformed) {
        session.send(
                session.isVersioned()
                        ? VersionedFrames.malformed(malformed.id(), malformed.isTooLong())
                        : UnversionedFrames.reject(
                                malformed.id().orElse(""),
                                new Refusal(ErrorCode.MALFORMED, "The mutation has no action, key or data")));
    }

    private CompletionStage<?> subscribe(ChannelsSession session, List<ClientMessage.Subscribe> requests) {
        for (ClientMessage.Subscribe request : requests) {
            try {
                subscribe(session, request);
            } catch (RuntimeException failure) {
                refuse(session, request, FailureMapper.refusal("Subscription to a channel failed", failure));
            }
        }
        return CompletableFuture.completedStage(null);
    }

    private void subscribe(ChannelsSession session, ClientMessage.Subscribe request) {
        if (!session.hasRoomFor(request.channel())) {
            throw new SyncException(
                    ErrorCode.TOO_LARGE,
                    "A connection has at most " + CHANNELS_MAX + " channels; unsubscribe from one");
        }
        Optional<Channel> stored = names.find(session.caller(), request.channel());
        if (stored.isEmpty()) {
            EphemeralChannel unstored = ephemeral
                    .find(request.channel())
                    .orElseThrow(() -> new SyncException(
                            ErrorCode.UNKNOWN_COLLECTION, "No handler registered for channel: " + request.channel()));
            ephemeral.subscribe(session, unstored, request.channel(), request.requestId());
            return;
        }
        Channel channel = stored.get();
        if (session.isVersioned()) {
            versioned.subscribe(session, channel, request);
        } else {
            unversioned.subscribe(session, channel, request);
        }
    }

    private static void refuse(ChannelsSession session, ClientMessage.Subscribe request, Refusal refusal) {
        if (refusal.code().retryable() && refusal.code() != ErrorCode.INTERNAL) {
            session.connection().close(ChannelPolicy.CLOSED_TRY_AGAIN, refusal.message());
        } else {
            session.send(
                    session.isVersioned()
                            ? VersionedFrames.subscriptionRefused(
                                    request.requestId().orElse(""), request.channel(), refusal)
                            : UnversionedFrames.subscriptionRefused(refusal));
        }
    }

    /** Shows each channel what the caller may read by now. A channel that is closed to the caller ends. */
    private CompletionStage<?> checkRights(ChannelsSession session) {
        session.pages().closeAll().forEach(session.acknowledgements()::release);
        for (String channel : session.ephemeral()) {
            if (!ephemeral.isAdmitted(session, channel)) {
                ephemeral.unsubscribe(session, channel);
            }
        }
        for (Subscribed each : session.channels()) {
            if (!each.subscription().isPaused()) {
                try {
                    session.connection()
                            .updateRights(each.subscription(), reads.rights(session.caller(), each.channel()));
                } catch (SyncException refused) {
                    if (refused.refusal().code().retryable()) {
                        throw refused;
                    }
                    end(session, each.channel().name(), refused.refusal());
                }
            }
        }
        return CompletableFuture.completedStage(null);
    }

    /** Ends a channel. The client drops its rows: a client since 2.0 when it has subscribed again. */
    private static void end(ChannelsSession session, String channel, Refusal refusal) {
        session.unsubscribe(channel);
        if (session.isVersioned()) {
            session.send(VersionedFrames.reset(channel));
        } else {
            session.send(UnversionedFrames.snapshot(channel, "", false));
            session.send(UnversionedFrames.subscriptionRefused(refusal));
        }
    }
}
