package dev.lockstep.mutation;

import dev.lockstep.api.Change;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.Operation;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.Refusal.Issue;
import dev.lockstep.api.StoreEvent;
import dev.lockstep.api.SyncException;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.InvalidFields;
import dev.lockstep.collection.KeyFields;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.RowReader;
import dev.lockstep.collection.registry.CollectionRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Validates mutations as far as possible without the database, on the caller's thread. Thread-safe. */
public final class MutationValidator {
    private final CollectionRegistry collections;
    private final RowReader reader;

    public MutationValidator(CollectionRegistry collections, RowReader reader) {
        this.collections = collections;
        this.reader = reader;
    }

    /**
     * Prepares every change of a mutation.
     *
     * @throws SyncException if a collection is unknown or lacks the operation, or if a value cannot be stored; every
     *     field at fault is named
     */
    public List<PreparedChange> prepare(Mutation mutation) {
        if (mutation.append().isPresent()) {
            requireStorable(mutation.append().get());
            return List.of();
        }
        List<PreparedChange> prepared = new ArrayList<>(mutation.changes().size());
        List<Issue> issues = new ArrayList<>();
        for (int i = 0; i < mutation.changes().size(); i++) {
            Change change = mutation.changes().get(i);
            String path = mutation.isBulk() ? i + "." : "";
            try {
                CollectionModel model = model(mutation.room().application(), change.in());
                requireSupported(change, model);
                prepared.add(prepare(change, model, mutation));
            } catch (InvalidFields invalid) {
                invalid.issues().forEach(issue -> issues.add(new Issue(path + issue.path(), issue.message())));
            } catch (SyncException refused) {
                throw new SyncException(mutation.refusalOf(i, refused.refusal()));
            }
        }
        if (!issues.isEmpty()) {
            throw new SyncException(new Refusal(ErrorCode.INVALID, sentence(issues), issues));
        }
        return prepared;
    }

    private PreparedChange prepare(Change change, CollectionModel model, Mutation mutation) throws InvalidFields {
        return switch (change) {
            case Change.Insert insert -> {
                Optional<String> owner = owner(
                        mutation, model); // before the values: a caller who may not insert learns nothing about them
                Optional<EntityId> chosen = keptId(insert, model);
                Map<String, @Nullable Object> values =
                        KeyFields.ofInsert(model, model.inScope(mutation.scope(), insert.fields()), chosen);
                RowImage image = reader.insert(model, values).ownedBy(owner);
                Optional<EntityId> formed = image.idOfParts(mutation.room().name());
                if (formed.isPresent()) {
                    KeyFields.requireSame(model, formed.get(), chosen);
                }
                Optional<EntityId> id = model.idIn(
                        mutation.room(), formed.or(image::compositeId).or(() -> chosen));
                yield new PreparedChange.Insert(model, id, image, collections.references());
            }
            case Change.Update update -> {
                KeyFields.requireUnchanged(model, update.fields(), update.id());
                yield new PreparedChange.Update(
                        model,
                        update.id(),
                        reader.update(model, update.fields()),
                        model.target(mutation.room(), update.room()),
                        reader.version(model, update.fields()),
                        collections.references());
            }
            case Change.Archive archive ->
                new PreparedChange.Archive(model, archive.id(), Optional.of(reader.archived(model, archive.at())));
            case Change.Unarchive unarchive -> new PreparedChange.Archive(model, unarchive.id(), Optional.empty());
            case Change.Delete delete -> new PreparedChange.Delete(model, delete.id(), collections.references());
            case Change.Append append -> throw new IllegalArgumentException("an append has no collection");
        };
    }

    private static void requireStorable(Change.Append append) {
        long characters = 0;
        for (StoreEvent event : append.events()) {
            String json = event.json();
            characters += json.length();
            if (json.length() > StoreEvent.JSON_BYTES_MAX
                    || json.getBytes(StandardCharsets.UTF_8).length > StoreEvent.JSON_BYTES_MAX) {
                throw new SyncException(
                        ErrorCode.TOO_LARGE,
                        "Event " + event.number() + " is larger than " + StoreEvent.JSON_BYTES_MAX
                                + " bytes as JSON; make its arguments smaller");
            }
        }
        if (characters > Change.Append.CHARACTERS_MAX) {
            throw new SyncException(
                    ErrorCode.TOO_LARGE,
                    "The events have more than " + Change.Append.CHARACTERS_MAX + " characters; send fewer at a time");
        }
    }

    private static Optional<String> owner(Mutation mutation, CollectionModel model) {
        Optional<String> subject = mutation.caller().subject();
        if (subject.isEmpty() && model.requiresOwner()) {
            throw new SyncException(ErrorCode.UNAUTHENTICATED, "Unauthorized");
        }
        return subject;
    }

    private static void requireSupported(Change change, CollectionModel model) {
        Operation operation = change.operation();
        if (!model.operations().contains(operation)) {
            throw new SyncException(
                    ErrorCode.NOT_SUPPORTED,
                    "Collection '" + model.name() + "' has no " + word(operation) + ", only "
                            + Stream.concat(Stream.of(Operation.READ), model.operations().stream())
                                    .map(MutationValidator::word)
                                    .collect(Collectors.joining(", ")));
        }
    }

    private static String word(Operation operation) {
        return operation.name().toLowerCase(Locale.ROOT);
    }

    private static Optional<EntityId> keptId(Change.Insert insert, CollectionModel model) {
        return model.clientIds() ? Optional.ofNullable(insert.id()) : Optional.empty();
    }

    private CollectionModel model(String application, CollectionName name) {
        return collections
                .find(application, name)
                .orElseThrow(
                        () -> new SyncException(ErrorCode.UNKNOWN_COLLECTION, "Collection '" + name + "' not found"));
    }

    private static String sentence(List<Issue> issues) {
        return issues.stream()
                .map(issue -> issue.path().isEmpty() ? issue.message() : issue.path() + ": " + issue.message())
                .collect(Collectors.joining("; "));
    }
}
