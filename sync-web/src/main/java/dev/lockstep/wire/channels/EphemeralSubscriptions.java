package dev.lockstep.wire.channels;

import dev.lockstep.api.Caller;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.hook.EphemeralChannel;
import dev.lockstep.collection.ApplicationBeans;
import dev.lockstep.wire.application.ServedApplication;
import dev.lockstep.wire.channels.frame.EphemeralFrames;
import dev.lockstep.wire.channels.frame.UnversionedFrames;
import dev.lockstep.wire.channels.subscription.ChannelNames;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** The subscribers of this node to channels whose rows are stored nowhere. Thread-safe. */
@ApplicationScoped
public class EphemeralSubscriptions {
    private static final Logger LOG = System.getLogger(EphemeralSubscriptions.class.getName());

    @Inject
    private ServedApplication application;

    @Inject
    private InstantSource clock;

    @Inject
    @Any
    private Instance<EphemeralChannel> declared;

    private final Map<String, Set<ChannelsSession>> subscribers = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();
    private final Supplier<List<EphemeralChannel>> channels =
            ApplicationBeans.atFirstUse(() -> ApplicationBeans.find(declared, application.name()));

    /** The ephemeral channel of a whole name; empty if the application declares none. */
    public Optional<EphemeralChannel> find(String channel) {
        int separator = channel.indexOf(':');
        String name = separator < 0 ? channel : channel.substring(0, separator);
        return channel.length() > ChannelNames.CHARACTERS_MAX
                ? Optional.empty()
                : channels.get().stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst();
    }

    /** Subscribes a session, which receives an empty snapshot first. */
    void subscribe(ChannelsSession session, EphemeralChannel channel, String name, Optional<String> requestId) {
        if (!admits(channel, session.caller(), name)) {
            throw new SyncException(ErrorCode.FORBIDDEN, "Forbidden: you may not subscribe to channel " + name);
        }
        session.addEphemeral(name);
        session.send(
                session.isVersioned()
                        ? EphemeralFrames.empty(requestId.orElse(""), name, position())
                        : UnversionedFrames.snapshot(name, "", false));
        subscribers.compute(name, (key, before) -> {
            Set<ChannelsSession> all = before == null ? ConcurrentHashMap.newKeySet() : before;
            all.add(session);
            return all;
        });
    }

    /** Ends the subscription of a session, if it has one. */
    void unsubscribe(ChannelsSession session, String name) {
        session.removeEphemeral(name);
        subscribers.computeIfPresent(name, (key, all) -> {
            all.remove(session);
            return all.isEmpty() ? null : all;
        });
    }

    /** Whether the rights of a session still admit it to a channel. */
    boolean isAdmitted(ChannelsSession session, String name) {
        return find(name)
                .filter(channel -> admits(channel, session.caller(), name))
                .isPresent();
    }

    private static boolean admits(EphemeralChannel channel, Caller caller, String name) {
        try {
            return channel.admits(caller, name);
        } catch (RuntimeException | Error e) {
            LOG.log(
                    Level.WARNING,
                    "An ephemeral channel failed to decide on a subscription; the subscription is refused",
                    e);
            return false;
        }
    }

    /** The next position: it grows on this node, also over restarts. */
    public long position() {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        return last.updateAndGet(before -> Math.max(before + 1, now));
    }

    /** Delivers changes to the subscribers of this node, each of them those that are for it. */
    public void deliver(EphemeralChannel channel, String name, List<EphemeralFrames.Change> changes, boolean isBatch) {
        Set<ChannelsSession> all = subscribers.getOrDefault(name, Set.of());
        Map<ChannelsSession, List<EphemeralFrames.Change>> shown = new LinkedHashMap<>();
        for (EphemeralFrames.Change change : changes) {
            audience(channel, change, all)
                    .forEach(session -> shown.computeIfAbsent(session, key -> new ArrayList<>())
                            .add(change));
        }
        shown.forEach((session, some) -> {
            if (session.isVersioned()) {
                some.forEach(each -> session.send(EphemeralFrames.versioned(name, each)));
            } else {
                session.send(EphemeralFrames.unversioned(name, some, isBatch));
            }
        });
    }

    private static List<ChannelsSession> audience(
            EphemeralChannel channel, EphemeralFrames.Change change, Set<ChannelsSession> all) {
        try {
            return all.stream()
                    .filter(session -> channel.isFor(session.caller(), change.message()))
                    .toList();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "The audience of a channel failed; nobody receives the message", e);
            return List.of();
        }
    }

    /** The socket of a session is closed. */
    void closed(ChannelsSession session) {
        session.ephemeral().forEach(name -> unsubscribe(session, name));
    }
}
