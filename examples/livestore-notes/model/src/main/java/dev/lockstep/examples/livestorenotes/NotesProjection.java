package dev.lockstep.examples.livestorenotes;

import dev.lockstep.api.StoreEvent;
import dev.lockstep.api.StoreName;
import dev.lockstep.api.SyncRepository;
import dev.lockstep.api.event.EventConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.io.StringReader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * Keeps the notes of each store as rows of the room with the store's name, in step with the store's events. An event that
 * it does not understand is logged and left out: a store may hold anything, and must not stop the events behind it.
 */
@ApplicationScoped
public class NotesProjection implements EventConsumer {
    private static final String APPLICATION = "livestore-notes";

    /** The length of the column. */
    private static final int NAME_CHARACTERS_MAX = 255;

    private static final Logger LOG = System.getLogger(NotesProjection.class.getName());

    @Inject
    private SyncRepository rows;

    @PersistenceContext(unitName = "lockstep")
    private EntityManager entities;

    @Override
    public String name() {
        return "notes";
    }

    /** Stores with longer names have no rows. */
    @Override
    public boolean consumes(StoreName store) {
        return room(store).length() <= NAME_CHARACTERS_MAX;
    }

    private static String room(StoreName store) {
        return store.room(APPLICATION).name();
    }

    @Override
    public void onEvent(StoreName store, StoreEvent event) {
        Optional<JsonObject> args = args(event);
        Optional<String> id = args.flatMap(found -> text(found, "id"))
                .filter(text -> text.length() <= NAME_CHARACTERS_MAX && !text.contains("\u0000"));
        Optional<String> text =
                args.flatMap(found -> text(found, "text")).map(found -> found.replace('\u0000', '\ufffd'));
        if (id.isEmpty()) {
            LOG.log(Level.DEBUG, "Event {0} of a store is no event of a note", String.valueOf(event.number()));
            return;
        }
        Optional<StoreNote> note =
                Optional.ofNullable(entities.find(StoreNote.class, StoreNote.id(store.value(), id.get())));
        Optional<StoreNote> living = note.filter(found -> !found.isDeleted());
        switch (event.name()) {
            case "v1.NoteAdded" -> {
                if (note.isEmpty() && text.isPresent()) {
                    rows.insert(room(store), new StoreNote(store.value(), id.get(), text.get()));
                } else if (living.isEmpty() && text.isPresent()) {
                    note.get().restore(text.get());
                }
            }
            case "v1.NoteTextChanged" -> living.ifPresent(found -> text.ifPresent(found::write));
            case "v1.NoteCompleted" -> living.ifPresent(found -> found.done = true);
            case "v1.NoteReopened" -> living.ifPresent(found -> found.done = false);
            case "v1.NoteDeleted" -> living.ifPresent(rows::delete);
            default -> LOG.log(Level.DEBUG, "The notes have no event {0}", event.name());
        }
    }

    @Override
    public void onReset(StoreName store) {
        rows.list(StoreNote.class, room(store)).forEach(rows::delete);
    }

    private static Optional<JsonObject> args(StoreEvent event) {
        try (JsonReader reader = Json.createReader(new StringReader(event.args()))) {
            return reader.readValue() instanceof JsonObject object ? Optional.of(object) : Optional.empty();
        } catch (JsonException unreadable) { // nested too deeply, for example
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonObject args, String name) {
        JsonValue value = args.get(name);
        return value instanceof JsonString string ? Optional.of(string.getString()) : Optional.empty();
    }
}
