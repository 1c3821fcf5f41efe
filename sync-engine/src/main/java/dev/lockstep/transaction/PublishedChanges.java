package dev.lockstep.transaction;

import dev.lockstep.api.Change;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.Refusal.Issue;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.SyncRepository;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.InvalidFields;
import dev.lockstep.collection.KeyFields;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.RowReader;
import dev.lockstep.collection.registry.CollectionRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes published changes in the current transaction, through JPA: the entity listener records them. Thread-safe. */
@ApplicationScoped
class PublishedChanges {
    @PersistenceContext(unitName = "lockstep")
    private EntityManager entities;

    @Inject
    private CollectionRegistry collections;

    @Inject
    private SyncRepository repository;

    @Inject
    private RowReader reader;

    /** @throws SyncException if the change is refused */
    void make(RoomId room, Change change) {
        CollectionModel model = model(room.application(), change.in());
        RoomId home = model.roomOf(room);
        if (home.isShared() != model.isSingleTenant()) {
            throw new SyncException(
                    ErrorCode.MALFORMED, "The rows of collection '" + change.in() + "' are in rooms: name one");
        }
        try {
            switch (change) {
                case Change.Insert insert -> insert(model, home, insert);
                case Change.Update update -> update(model, home, update);
                case Change.Delete delete -> live(model, home, delete.id()).ifPresent(repository::delete);
                case Change.Archive archive -> throw notPublished();
                case Change.Unarchive unarchive -> throw notPublished();
                case Change.Append append -> throw notPublished();
            }
        } catch (InvalidFields invalid) {
            throw new SyncException(new Refusal(ErrorCode.INVALID, sentence(invalid.issues()), invalid.issues()));
        }
    }

    private static IllegalArgumentException notPublished() {
        return new IllegalArgumentException("inserts, updates and deletes are published, no other changes");
    }

    private CollectionModel model(String application, CollectionName name) {
        return collections
                .find(application, name)
                .orElseThrow(
                        () -> new SyncException(ErrorCode.UNKNOWN_COLLECTION, "Collection '" + name + "' not found"));
    }

    private void insert(CollectionModel model, RoomId room, Change.Insert insert) throws InvalidFields {
        EntityId id = insert.id();
        if (id == null) {
            throw new SyncException(ErrorCode.MALFORMED, "A published insert has no id: give it one");
        }
        Optional<Object> stored = stored(model, id);
        if (stored.isEmpty()) {
            RowImage row = reader.insert(model, KeyFields.ofInsert(model, insert.fields(), Optional.of(id)));
            Optional<EntityId> formed = row.idOfParts(room.name());
            if (formed.isPresent()) {
                KeyFields.requireSame(model, formed.get(), Optional.of(id));
            }
            Object entity = row.newEntity();
            if (model.generatesIds() || model.idValue(id).isEmpty()) {
                throw new SyncException(
                        ErrorCode.INVALID,
                        "The id '" + id + "' cannot be given to a row of '" + model.name()
                                + "': insert it with SyncRepository");
            }
            row.writeTo(entity, entities::getReference);
            model.idField().set(entity, model.idValue(id).orElseThrow());
            repository.insert(room.name(), entity);
        } else if (isLiveIn(model, room, stored.get())) {
            set(model, stored.get(), insert.fields());
        } else {
            throw new SyncException(ErrorCode.IN_USE, "The id '" + id + "' of '" + model.name() + "' is in use");
        }
    }

    private void update(CollectionModel model, RoomId room, Change.Update update) throws InvalidFields {
        if (update.room().isPresent()) {
            throw new IllegalArgumentException("a published update leaves its row in its room");
        }
        Object entity = live(model, room, update.id())
                .orElseThrow(() -> new SyncException(
                        ErrorCode.NOT_FOUND, "Row '" + update.id() + "' of '" + model.name() + "' does not exist"));
        set(model, entity, update.fields());
    }

    private void set(CollectionModel model, Object entity, Map<String, @Nullable Object> fields) throws InvalidFields {
        Map<String, @Nullable Object> others = new LinkedHashMap<>(fields);
        others.remove(model.idField().name());
        reader.update(model, others).forEach((field, value) -> field.set(entity, value, entities::getReference));
    }

    private Optional<Object> live(CollectionModel model, RoomId room, EntityId id) {
        return stored(model, id).filter(entity -> isLiveIn(model, room, entity));
    }

    /** Locked, because JPA writes all columns of a changed row, and a partial update must keep those of others. */
    private Optional<Object> stored(CollectionModel model, EntityId id) {
        if (!model.subtypes().areTables()) {
            return model.idValue(id).map(value -> entities.find(model.entity(), value, LockModeType.PESSIMISTIC_WRITE));
        }
        Optional<Object> found = model.idValue(id).map(value -> entities.find(model.entity(), value));
        found.ifPresent(entity -> entities.lock(entity, LockModeType.PESSIMISTIC_WRITE));
        return found;
    }

    private static boolean isLiveIn(CollectionModel model, RoomId room, Object entity) {
        RowImage image = RowImage.of(model, entity);
        return !image.isDeleted() && image.isIn(room.name());
    }

    private static String sentence(List<Issue> issues) {
        return issues.stream()
                .map(issue -> issue.path().isEmpty() ? issue.message() : issue.path() + ": " + issue.message())
                .collect(Collectors.joining("; "));
    }
}
