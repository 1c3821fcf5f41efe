package dev.lockstep.wire.channels;

import dev.lockstep.api.Caller;
import dev.lockstep.wire.channels.request.ClientMessage;
import dev.lockstep.wire.channels.subscription.Channel;
import dev.lockstep.wire.channels.subscription.PagedSnapshots;
import dev.lockstep.wire.channels.subscription.RowPages;
import dev.lockstep.wire.channels.subscription.ShownStamps;
import dev.lockstep.wire.socket.Connection;
import dev.lockstep.wire.socket.Frame;
import dev.lockstep.wire.socket.Subscription;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * State of one socket of this dialect: the messages that wait, and the channels that the client has subscribed to. Messages are
 * handled one after another, as requests of the connection; only these change the channels.
 */
final class ChannelsSession {
    /** Most messages that wait. A client may send all mutations at once that it made while it was offline, and each twice. */
    static final int WAITING_MAX = 4096;

    /** Most characters of messages that wait, unless there is only one. */
    static final int WAITING_CHARACTERS_MAX = 4 * 1024 * 1024;

    /** Time after which a heartbeat of a client since 2.0 without channels shows that it waits for none. */
    static final Duration CHANNELLESS_MAX = Duration.ofSeconds(20);

    /** Most mutations without a result. Further messages wait for a result. */
    static final int MUTATIONS_MAX = 256;

    private final Connection connection;
    private final ChannelPolicy policy;
    private final ShownStamps stamps;
    private final Function<ClientMessage, CompletionStage<?>> handler;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private final Map<String, Subscribed> channels = new LinkedHashMap<>();
    private final Set<String> ephemeral = ConcurrentHashMap.newKeySet();
    private final PagedSnapshots pages = new PagedSnapshots();
    private final List<RowPages> open = new ArrayList<>();
    private final MutationAnswers answers;
    private final Acknowledgements acknowledgements;
    private final Map<String, Write> writes = new ConcurrentHashMap<>();
    private final AtomicInteger mutations = new AtomicInteger();
    private int characters; // of messages that wait
    private boolean isHandling;
    private boolean isVersioned; // of the thread that receives
    private boolean isKnown;
    private final long openedNanos;
    private boolean hasAsked; // for a channel; of the thread that receives

    /** A mutation that was submitted, and its result. */
    private record Write(String id, CompletableFuture<?> answered) {}

    private record Waiting(ClientMessage message, int characters) {}

    /** A channel, and its frames. */
    record Subscribed(Channel channel, Subscription subscription) {}

    /** @param handler handles a message; the next one is handled when its stage has completed */
    ChannelsSession(
            Connection connection,
            ChannelPolicy policy,
            ShownStamps stamps,
            Function<ChannelsSession, Function<ClientMessage, CompletionStage<?>>> handler) {
        this.connection = connection;
        this.answers = new MutationAnswers(connection, policy);
        this.acknowledgements = new Acknowledgements(connection, policy);
        this.policy = policy;
        this.stamps = stamps;
        this.handler = handler.apply(this);
        this.openedNanos = System.nanoTime();
    }

    Connection connection() {
        return connection;
    }

    Caller caller() {
        return connection.caller();
    }

    void send(Frame frame) {
        connection.send(frame);
    }

    /** The answers to mutations of a client 1.x. */
    MutationAnswers answers() {
        return answers;
    }

    /** The acknowledgements of a client since 2.0. */
    Acknowledgements acknowledgements() {
        return acknowledgements;
    }

    /** Closes the snapshots whose next page a client since 2.0 does not request. */
    void closeIdlePages() {
        pages.closeIdle().forEach(acknowledgements::release);
    }

    /** The stamps as a client 1.x is shown them. */
    ShownStamps stamps() {
        return stamps;
    }

    /** The first message tells the generation of the client. */
    void decide(boolean versioned) {
        if (!isKnown) {
            isKnown = true;
            isVersioned = versioned;
            if (versioned) {
                policy.setVersioned();
            }
        }
    }

    /** Whether a message has told the generation of the client. */
    boolean isKnown() {
        return isKnown;
    }

    /** Whether the client is one since 2.0. */
    boolean isVersioned() {
        return isVersioned;
    }

    /** The client asks for a channel. */
    void asked() {
        hasAsked = true;
    }

    /**
     * Whether a client since 2.0 has been connected for long and has asked for no channel. If its connection before was lost
     * while it waited for a snapshot, it waits for that snapshot, and asks again only with another connection.
     */
    boolean isChannelless(long nowNanos) {
        return isVersioned && !hasAsked && nowNanos - openedNanos >= CHANNELLESS_MAX.toNanos();
    }

    /** Handles a message after those before it. If too many wait, the connection is closed. */
    void receive(ClientMessage message, int ofMessage) {
        synchronized (waiting) {
            boolean isTooMany = waiting.size() >= WAITING_MAX
                    || (!waiting.isEmpty() && ofMessage > WAITING_CHARACTERS_MAX - characters);
            if (!isTooMany) {
                waiting.add(new Waiting(message, ofMessage));
                characters += ofMessage;
                if (!isHandling) {
                    isHandling = true;
                    connection.enqueue(this::handleWaiting);
                }
                return;
            }
        }
        connection.close(policy.flooding().code(), policy.flooding().reason());
    }

    private CompletionStage<?> handleWaiting() {
        Optional<ClientMessage> next = next();
        while (next.isPresent()) {
            CompletableFuture<?> handled = handler.apply(next.get()).toCompletableFuture();
            if (!handled.isDone()) {
                return handled.whenComplete((result, failure) -> connection.enqueue(this::handleWaiting));
            }
            next = next();
        }
        return CompletableFuture.completedStage(null);
    }

    private Optional<ClientMessage> next() {
        synchronized (waiting) {
            Waiting first = waiting.poll();
            if (first == null) {
                isHandling = false;
                return Optional.empty();
            }
            characters -= first.characters();
            return Optional.of(first.message());
        }
    }

    /** The subscriptions, in their order. */
    List<Subscribed> channels() {
        return List.copyOf(channels.values());
    }

    boolean hasRoomFor(String channel) {
        return channels.containsKey(channel)
                || ephemeral.contains(channel)
                || channels.size() + ephemeral.size() < ChannelsSessions.CHANNELS_MAX;
    }

    /** The channels without stored rows that the session has subscribed to. */
    Set<String> ephemeral() {
        return Set.copyOf(ephemeral);
    }

    void addEphemeral(String channel) {
        ephemeral.add(channel);
    }

    void removeEphemeral(String channel) {
        ephemeral.remove(channel);
    }

    /** Adds a subscription. */
    void subscribed(Channel channel, Subscription subscription) {
        channels.put(channel.name(), new Subscribed(channel, subscription));
    }

    /** Ends the subscription to a channel, if there is one. */
    void unsubscribe(String channel) {
        leave(channel);
        answers.end(channel);
        acknowledgements.release(channel);
    }

    /** Ends the subscription to a channel, if there is one, because another one follows. */
    void leave(String channel) {
        Subscribed subscribed = channels.remove(channel);
        if (subscribed != null) {
            connection.unsubscribe(subscribed.subscription());
        }
        pages.close(channel);
    }

    /** The snapshots that the client requests page by page. */
    PagedSnapshots pages() {
        return pages;
    }

    /** Closes pages at the end of the connection, whatever has been sent of them. */
    RowPages closedAtEnd(RowPages rows) {
        open.removeIf(each -> !each.hasNext());
        open.add(rows);
        return rows;
    }

    /** The mutation of a row that another one waits for; empty if there is none. A repeat does not wait for its first. */
    Optional<CompletableFuture<?>> writeBefore(String row, String id) {
        return Optional.ofNullable(writes.get(row))
                .filter(write -> !write.id().equals(id))
                .map(Write::answered);
    }

    /** Later mutations of the row wait for this one. */
    void addWrite(String row, String id, CompletableFuture<?> answered) {
        Write write = new Write(id, answered);
        writes.put(row, write);
        var unused = answered.whenComplete((result, failure) -> writes.remove(row, write));
    }

    /** A mutation without a result; whether there are as many as may be. */
    boolean addMutation() {
        return mutations.incrementAndGet() >= MUTATIONS_MAX;
    }

    void removeMutation() {
        mutations.decrementAndGet();
    }

    /** The socket is closed. */
    void closed() {
        pages.closeAll();
        open.forEach(RowPages::close);
        open.clear();
    }
}
