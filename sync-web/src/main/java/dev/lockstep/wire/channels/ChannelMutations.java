package dev.lockstep.wire.channels;

import dev.lockstep.access.GuardedMutations;
import dev.lockstep.api.Change;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Operation;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.Row;
import dev.lockstep.api.Seq;
import dev.lockstep.api.SyncException;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.wire.channels.frame.ChannelMutationIds;
import dev.lockstep.wire.channels.frame.UnversionedFrames;
import dev.lockstep.wire.channels.frame.VersionedFrames;
import dev.lockstep.wire.channels.request.ClientMessage.Action;
import dev.lockstep.wire.channels.request.ClientMessage.Mutate;
import dev.lockstep.wire.channels.request.Limits;
import dev.lockstep.wire.channels.subscription.Channel;
import dev.lockstep.wire.channels.subscription.ChannelNames;
import dev.lockstep.wire.http.FailureMapper;
import dev.lockstep.wire.socket.Connection;
import dev.lockstep.wire.socket.Frame;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Mutations of channels. They are submitted in the order of their messages without waits in between, except where one depends on
 * the result of another. A create of an existing row is an update of it. Thread-safe.
 */
@ApplicationScoped
class ChannelMutations {
    private static final String ID = "id";

    /** The client would drop a larger answer, and send the mutation again for ever. */
    private static final Refusal TOO_LARGE = new Refusal(
            ErrorCode.TOO_LARGE,
            "The change is stored, but the row is now larger than this client can receive (" + Limits.ROW_BYTES_MAX
                    + " bytes), and is no longer shown to it; shorten the row");

    private static final Logger LOG = System.getLogger(ChannelMutations.class.getName());

    @Inject
    private GuardedMutations mutations;

    @Inject
    private ExistingRowAnswers answers;

    @Inject
    private ChannelNames channels;

    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    private ManagedExecutorService executor;

    /** Executes and answers a mutation. May block. The next message is handled when the stage has completed. */
    CompletionStage<?> execute(ChannelsSession session, Mutate request) {
        Optional<Channel> channel = channels.find(session.caller(), request.channel());
        Optional<Refusal> refusal = refusal(session, request, channel);
        if (refusal.isPresent()) {
            channel.ifPresentOrElse(
                    known -> refused(session, known, request, refusal.get()),
                    () -> reject(session, request, refusal.get()));
            return CompletableFuture.completedStage(null);
        }
        session.stamps()
                .known(channel.get().stampField().map(request.data()::get).orElse(null));
        String row = channel.get().canonicalName() + '\0' + request.key();
        Optional<CompletableFuture<?>> earlier = session.writeBefore(row, request.id());
        return earlier.isEmpty()
                ? submit(session, channel.get(), request, row)
                : earlier.get()
                        .handle((result, failure) -> null)
                        .thenComposeAsync(done -> submit(session, channel.get(), request, row), executor);
    }

    private static Optional<Refusal> refusal(ChannelsSession session, Mutate request, Optional<Channel> channel) {
        if (channel.isEmpty()) {
            return Optional.of(
                    new Refusal(ErrorCode.UNKNOWN_COLLECTION, "No handler for channel: " + request.channel()));
        }
        if (session.isVersioned() && session.caller().subject().isEmpty()) {
            return Optional.of(new Refusal(ErrorCode.UNAUTHENTICATED, "Unauthorized"));
        }
        return channel.get().model().operations().contains(operation(request.action()))
                ? Optional.empty()
                : Optional.of(new Refusal(
                        ErrorCode.FORBIDDEN,
                        "Forbidden: " + request.action().label() + " operation not supported on channel "
                                + request.channel()));
    }

    private static Operation operation(Action action) {
        return switch (action) {
            case CREATE -> Operation.INSERT;
            case UPDATE -> Operation.UPDATE;
            case DELETE -> Operation.DELETE;
        };
    }

    private CompletionStage<?> submit(ChannelsSession session, Channel channel, Mutate request, String row) {
        boolean isFull = session.addMutation();
        CompletableFuture<?> answered = result(session, channel, request)
                .handle((result, failure) -> {
                    session.removeMutation();
                    answerOrClose(session.connection(), () -> answer(session, channel, request, result, failure));
                    return null;
                })
                .toCompletableFuture();
        // A create may become an update; the owner of a row is checked before its mutation is queued.
        if (request.action() == Action.CREATE || channel.model().ownerField().isPresent()) {
            session.addWrite(row, request.id(), answered);
        }
        return isFull ? answered : CompletableFuture.completedStage(null);
    }

    /** A client without an answer would wait for ever: it connects again, and sends the mutation again. */
    static void answerOrClose(Connection connection, Runnable answer) {
        try {
            answer.run();
        } catch (RuntimeException | Error fault) {
            LOG.log(Level.ERROR, "A mutation could not be answered; its socket is closed", fault);
            connection.close(ChannelPolicy.CLOSED_TRY_AGAIN, "an answer could not be made; connect again");
        }
    }

    private CompletionStage<MutationResult> result(ChannelsSession session, Channel channel, Mutate request) {
        try {
            Change change = change(channel.model(), request);
            CompletionStage<MutationResult> first = mutations.submit(new Mutation(
                    session.caller(),
                    channel.room(),
                    operation(request.action()),
                    List.of(change),
                    Optional.empty(),
                    Optional.of(ChannelMutationIds.of(channel.canonicalName(), request.id()))));
            return change instanceof Change.Insert insert
                    ? orUpdated(session, channel, request, insert, refusals(first))
                    : first;
        } catch (RuntimeException failed) {
            return CompletableFuture.failedStage(failed);
        }
    }

    /** The result with refusals as values. */
    private static CompletionStage<MutationResult> refusals(CompletionStage<MutationResult> submitted) {
        return submitted.exceptionallyCompose(failure -> FailureMapper.cause(failure) instanceof SyncException refused
                ? CompletableFuture.completedStage(new MutationResult.Refused(refused.refusal()))
                : CompletableFuture.failedStage(failure));
    }

    /** The result of a create, or of the update in its place if the row exists. */
    private CompletionStage<MutationResult> orUpdated(
            ChannelsSession session,
            Channel channel,
            Mutate request,
            Change.Insert insert,
            CompletionStage<MutationResult> created) {
        return created.thenCompose(result -> {
            if (!(result instanceof MutationResult.Refused refused)
                    || refused.refusal().code() != ErrorCode.IN_USE
                    || !channel.model().operations().contains(Operation.UPDATE)) {
                return CompletableFuture.completedStage(result);
            }
            Mutation update = new Mutation(
                    session.caller(),
                    channel.room(),
                    Operation.UPDATE,
                    List.of(update(channel.model(), new EntityId(request.key()), insert.fields())),
                    Optional.empty(),
                    Optional.of(ChannelMutationIds.ofUpsert(channel.canonicalName(), request.id())));
            // The access chain may block, and results come on the thread that delivers to all rooms.
            return CompletableFuture.supplyAsync(() -> refusals(mutations.submit(update)), (Executor) executor)
                    .thenCompose(Function.identity())
                    .thenApply(updated -> isMissing(updated) ? result : updated);
        });
    }

    private static boolean isMissing(MutationResult result) {
        return result instanceof MutationResult.Applied applied
                && applied.rows().getFirst().isEmpty();
    }

    private static Change change(CollectionModel model, Mutate request) {
        EntityId id;
        try {
            id = new EntityId(request.key());
        } catch (IllegalArgumentException invalid) {
            throw new SyncException(ErrorCode.INVALID, "key: " + invalid.getMessage());
        }
        return switch (request.action()) {
            case CREATE -> new Change.Insert(model.name(), id, request.data());
            case UPDATE -> update(model, id, request.data());
            case DELETE -> new Change.Delete(model.name(), id);
        };
    }

    /** The update without a version: these clients cannot handle the refusal of a stale update. */
    private static Change.Update update(CollectionModel model, EntityId id, Map<String, @Nullable Object> data) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(data);
        fields.remove(ID);
        model.versionField().ifPresent(fields::remove);
        return new Change.Update(model.name(), id, fields);
    }

    private void answer(
            ChannelsSession session,
            Channel channel,
            Mutate request,
            @Nullable MutationResult result,
            @Nullable Throwable failure) {
        switch (result) {
            case MutationResult.Applied applied -> applied(session, channel, request, applied);
            case MutationResult.Refused refused -> refused(session, channel, request, refused.refusal());
            case null ->
                refused(
                        session,
                        channel,
                        request,
                        FailureMapper.refusal("Mutation of a channel failed", cause(failure)));
        }
    }

    private static Throwable cause(@Nullable Throwable failure) {
        return failure == null ? new IllegalStateException("a mutation without a result") : failure;
    }

    private void applied(ChannelsSession session, Channel channel, Mutate request, MutationResult.Applied applied) {
        Optional<Row> row = applied.rows().getFirst();
        Optional<String> shown = request.action() == Action.DELETE ? Optional.empty() : row.map(Row::json);
        if (request.action() == Action.UPDATE && row.isEmpty()) {
            missing(session, channel, request);
        } else if (!session.isVersioned()) {
            acknowledge(
                    session,
                    channel,
                    request,
                    shown.map(json -> session.stamps().row(channel, json)),
                    applied);
        } else if (shown.filter(ChannelMutations::isTooLarge).isPresent()) {
            reject(session, request, TOO_LARGE);
        } else {
            session.acknowledgements()
                    .send(channel.name(), VersionedFrames.ack(request.id(), shown, applied.last(), applied.repeated()));
        }
    }

    private void missing(ChannelsSession session, Channel channel, Mutate request) {
        Refusal refusal = new Refusal(ErrorCode.NOT_FOUND, "The row does not exist");
        if (session.isVersioned()) {
            reject(session, request, refusal);
        } else {
            restored(session, channel, request, refusal);
        }
    }

    /** Refuses a mutation of a client 1.x, which restores the row as it was before the mutation, whatever has changed since. */
    private void restored(ChannelsSession session, Channel channel, Mutate request, Refusal refusal) {
        Frame reject = UnversionedFrames.reject(request.id(), refusal);
        answers.send(
                session,
                channel,
                request.key(),
                row -> List.of(reject, UnversionedFrames.current(channel.name(), request.key(), row)),
                request.action() == Action.CREATE ? List.of(reject) : List.of(reject, deleted(channel, request)));
    }

    /** Answers a client 1.x. The answer precedes the frame of its change, and follows those of the changes before. */
    private void acknowledge(
            ChannelsSession session,
            Channel channel,
            Mutate request,
            Optional<String> row,
            MutationResult.Applied applied) {
        Frame ack = UnversionedFrames.ack(request.id(), row);
        if (row.isEmpty()) {
            session.send(ack);
            return;
        }
        boolean isNew = !applied.repeated() && !applied.last().equals(Seq.START);
        if (isNew
                && session.answers().send(channel, new Seq(applied.last().value() - 1), applied.last(), List.of(ack))) {
            return;
        }
        // The row may be changed or deleted by now. The client compares an earlier row with the one that it had
        // before the frames that it still handles, and puts it over theirs.
        answers.send(
                session,
                channel,
                request.key(),
                current -> List.of(UnversionedFrames.ack(request.id(), Optional.of(current))),
                List.of(deleted(channel, request), UnversionedFrames.ack(request.id(), Optional.empty())));
    }

    private static boolean isTooLarge(String row) {
        return Limits.isLonger(row, Limits.ROW_BYTES_MAX);
    }

    private static Frame deleted(Channel channel, Mutate request) {
        return UnversionedFrames.deleted(channel.name(), request.key(), channel.stampKey());
    }

    /** A refusal that is not final is no answer: the client sends the mutation again when it has connected again. */
    private void refused(ChannelsSession session, Channel channel, Mutate request, Refusal refusal) {
        if (refusal.code().retryable() && refusal.code() != ErrorCode.INTERNAL) {
            session.connection().close(ChannelPolicy.CLOSED_TRY_AGAIN, refusal.message());
        } else if (!session.isVersioned() && isId(request.key())) {
            restored(session, channel, request, refusal);
        } else {
            reject(session, request, refusal);
        }
    }

    private static boolean isId(String key) {
        try {
            return !new EntityId(key).value().isEmpty();
        } catch (IllegalArgumentException invalid) {
            return false;
        }
    }

    private static void reject(ChannelsSession session, Mutate request, Refusal refusal) {
        session.send(
                session.isVersioned()
                        ? VersionedFrames.reject(request.id(), request.channel(), refusal)
                        : UnversionedFrames.reject(request.id(), refusal));
    }
}
