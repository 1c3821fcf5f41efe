package dev.lockstep.mutation.handled;

import dev.lockstep.api.Caller;
import dev.lockstep.api.Change;
import dev.lockstep.api.Condition;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Operation;
import dev.lockstep.api.RoomId;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.InvalidFields;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.RowReader;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.collection.row.RowRepository;
import dev.lockstep.collection.value.ObjectPatch;
import dev.lockstep.database.Transactions;
import dev.lockstep.mutation.PreparedChange;
import dev.lockstep.mutation.QueuedMutation;
import dev.lockstep.mutation.batch.BatchWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Writes what handlers have done into the copy and the log, by the batch writer. Blocks on the database. Thread-safe. */
final class EffectWriter {
    private final BatchWriter writer;
    private final CollectionRegistry collections;
    private final RowReader reader;
    private final Transactions transactions;

    EffectWriter(BatchWriter writer, CollectionRegistry collections, RowReader reader, Transactions transactions) {
        this.writer = writer;
        this.collections = collections;
        this.reader = reader;
        this.transactions = transactions;
    }

    /** A change of the copy. */
    record Effect(Change change, PreparedChange prepared) {}

    Optional<RowImage> copied(CollectionModel model, EntityId id) {
        return transactions.run(scope -> Optional.ofNullable(new RowRepository(scope.entities())
                .images(model, new TreeSet<>(Set.of(id)))
                .get(id)));
    }

    /** Logs the row that a handler has stored, as the result of its mutation. */
    CompletionStage<MutationResult> stored(
            CollectionModel model, Intent intent, EntityId id, Map<String, @Nullable Object> row) {
        Effect effect =
                copied(model, id).isPresent() ? updated(model, id, row) : inserted(model, id, row, intent.subject());
        return log(intent.effect(effect.change()), effect.prepared());
    }

    /** Logs that a row is gone, as the result of its delete. */
    CompletionStage<MutationResult> deleted(CollectionModel model, Intent intent) {
        Effect effect = deletion(model, intent.row());
        return log(intent.effect(effect.change()), effect.prepared());
    }

    /** The result of an update of a row that does not exist: the copy loses the row, and the update changes nothing. */
    CompletionStage<MutationResult> missing(CollectionModel model, Intent intent) {
        Effect gone = deletion(model, intent.row());
        CompletionStage<MutationResult> first = log(
                new Mutation(
                        Caller.anonymous(model.application()),
                        intent.room(),
                        Operation.DELETE,
                        List.of(gone.change()),
                        Optional.empty(),
                        Optional.empty()),
                gone.prepared());
        Effect nothing = updated(model, intent.row(), Map.of());
        return first.thenCompose(done -> log(intent.effect(nothing.change()), nothing.prepared()));
    }

    private CompletionStage<MutationResult> log(Mutation mutation, PreparedChange prepared) {
        return writer.enqueue(new QueuedMutation(mutation, List.of(prepared)));
    }

    /**
     * Writes changes that no client requested.
     *
     * @param conditions conditions for the copied rows
     */
    CompletionStage<MutationResult> logOwn(RoomId room, List<Effect> effects, List<Condition> conditions) {
        Mutation mutation = new Mutation(
                        Caller.anonymous(room.application()),
                        room,
                        Operation.BULK_UPDATE,
                        effects.stream().map(Effect::change).toList(),
                        Optional.empty(),
                        Optional.empty())
                .withConditions(conditions);
        return writer.enqueue(new QueuedMutation(
                mutation, effects.stream().map(Effect::prepared).toList()));
    }

    /** The change that makes the copy equal to a row; empty if it is, or if neither exists. */
    Optional<Effect> difference(
            CollectionModel model,
            EntityId id,
            Optional<RowImage> copied,
            Optional<Map<String, @Nullable Object>> kept) {
        if (kept.isEmpty()) {
            return copied.map(image -> deletion(model, id));
        }
        if (copied.isEmpty()) {
            return Optional.of(inserted(model, id, kept.get(), Optional.empty()));
        }
        boolean isEqual = values(model, kept.get()).entrySet().stream()
                .allMatch(value -> isEqual(copied.get().get(value.getKey()), value.getValue()));
        return isEqual ? Optional.empty() : Optional.of(updated(model, id, kept.get()));
    }

    private static boolean isEqual(@Nullable Object copied, @Nullable Object kept) {
        return Objects.equals(copied, ObjectPatch.applied(kept, copied));
    }

    private Effect inserted(
            CollectionModel model, EntityId id, Map<String, @Nullable Object> row, Optional<String> owner) {
        try {
            return new Effect(
                    new Change.Insert(model.name(), id, row),
                    new PreparedChange.Insert(
                            model,
                            Optional.of(id),
                            reader.keptRow(model, row).ownedBy(owner),
                            collections.references()));
        } catch (InvalidFields invalid) {
            throw unusable(model, invalid);
        }
    }

    private Effect updated(CollectionModel model, EntityId id, Map<String, @Nullable Object> row) {
        return new Effect(
                new Change.Update(model.name(), id, row),
                new PreparedChange.Update(
                        model, id, values(model, row), Optional.empty(), Optional.empty(), collections.references()));
    }

    private Effect deletion(CollectionModel model, EntityId id) {
        return new Effect(
                new Change.Delete(model.name(), id), new PreparedChange.Delete(model, id, collections.references()));
    }

    private Map<FieldModel, @Nullable Object> values(CollectionModel model, Map<String, @Nullable Object> row) {
        try {
            return reader.kept(model, row);
        } catch (InvalidFields invalid) {
            throw unusable(model, invalid);
        }
    }

    private static IllegalStateException unusable(CollectionModel model, InvalidFields invalid) {
        return new IllegalStateException("the handler of '" + model.name()
                + "' returned a row that its entity cannot hold: " + invalid.issues());
    }
}
