package dev.lockstep.collection.catalog;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.RoomId;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.collection.mapping.IdType;
import dev.lockstep.collection.mapping.KeyType;
import dev.lockstep.collection.mapping.Role;
import dev.lockstep.collection.mapping.TableNames;
import dev.lockstep.collection.value.ParseResult;
import dev.lockstep.database.Transactions.Scope;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rows that a table had before its entity was a collection. Clients see them like all others, without an action in the
 * log. Belongs to one transaction.
 */
public final class ExistingRows {
    private static final Logger LOG = System.getLogger(ExistingRows.class.getName());

    /** Characters of texts that surely fit into an id of several columns, where each may become twelve. */
    private static final int SHORT_TEXTS = 10;

    /** Rows that WildFly's JPA provider fetches at a time. */
    private static final int FETCH_ROWS = 1_000;

    private final EntityManager entities;
    private final CollectionModel model;
    private final String entity;

    public ExistingRows(Scope scope, CollectionModel model) {
        this.entities = scope.entities();
        this.model = model;
        this.entity = entities.getMetamodel().entity(model.entity()).getName() + " e";
    }

    /**
     * Completes the rows that the table of a new or changed collection has already, and logs what was done.
     *
     * @return whether there are any
     * @throws Misconfiguration if clients could not name them
     */
    public boolean takeOver(Instant now) {
        if (!exist()) {
            return false;
        }
        requireUsableIds();
        int set = stamp(now);
        if (set > 0) {
            LOG.log(
                    Level.INFO,
                    "application={0} collection={1} timestamps and versions set in existing rows: {2}",
                    model.application(),
                    model.name(),
                    String.valueOf(set));
        }
        long hidden = withoutRoom();
        if (hidden > 0) {
            LOG.log(
                    Level.WARNING,
                    "application={0} collection={1} rows in no room, which no client sees: {2}; their room column is"
                            + " NULL, empty or too long",
                    model.application(),
                    model.name(),
                    String.valueOf(hidden));
        }
        return true;
    }

    /** Whether there is any, deleted rows included. */
    boolean exist() {
        return !entities.createQuery("select " + model.idField().selected() + " from " + entity, Object.class)
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }

    /**
     * Requires ids that clients can name.
     *
     * @throws Misconfiguration with the number of rows that have none
     */
    void requireUsableIds() {
        FieldModel id = model.idField();
        if (id.key().isPresent()) {
            requireShortKeys(id, id.key().get());
            return;
        }
        if (id.idType() != IdType.TEXT) {
            return;
        }
        long unusable = count(
                "e." + id.attribute() + " = '' or length(e." + id.attribute() + ") > :most", EntityId.CHARACTERS_MAX);
        if (unusable > 0) {
            throw unusable(id, unusable);
        }
    }

    private Misconfiguration unusable(FieldModel id, long rows) {
        return new Misconfiguration(model.entity().getName() + " has the id '" + id.property() + "', but " + rows
                + " rows of the table '" + TableNames.table(model.entity()) + "' have an id that is empty or longer"
                + " than " + EntityId.CHARACTERS_MAX + " characters, which no client can name: change them in a"
                + " migration (db/" + model.application() + "/V*.sql).");
    }

    /** Reads the ids whose texts may be too long: the length depends on their characters. */
    private void requireShortKeys(FieldModel id, KeyType key) {
        String length = model.idFields().stream()
                .filter(part -> part.javaType() == String.class)
                .map(part -> "length(e." + part.attribute() + ")")
                .collect(Collectors.joining(" + "));
        if (length.isEmpty()) {
            return;
        }
        try (Stream<Object> ids = entities.createQuery(
                        "select " + id.selected() + " from " + entity + " where " + length + " > :short", Object.class)
                .setParameter("short", SHORT_TEXTS)
                .setHint("org.hibernate.fetchSize", FETCH_ROWS)
                .getResultStream()) {
            long unusable = ids.filter(found -> !key.isWritable(found)).count();
            if (unusable > 0) {
                throw unusable(id, unusable);
            }
        }
    }

    /** The number of rows in no room, which no client sees: the room's column is NULL, empty or too long. */
    long withoutRoom() {
        Optional<FieldModel> room = model.roomField();
        if (room.isEmpty()) {
            return 0;
        }
        String column = "e." + room.get().attribute();
        return room.get().idType() == IdType.TEXT
                ? count(
                        column + " is null or " + column + " = '' or length(" + column + ") > :most",
                        RoomId.NAME_CHARACTERS_MAX)
                : count(column + " is null", 0);
    }

    private long count(String condition, int most) {
        Query count = entities.createQuery("select count(e) from " + entity + " where " + condition);
        if (condition.contains(":most")) {
            count.setParameter("most", most);
        }
        return ((Number) count.getSingleResult()).longValue();
    }

    /**
     * Sets the times of creation and of the last change, and the version, in rows that have none. A row with one of the
     * times gets the other.
     *
     * @param now the time for rows that have neither
     * @return the number of values set
     */
    int stamp(Instant now) {
        Instant stamp = now.truncatedTo(ChronoUnit.MICROS);
        return stamp(Role.CREATED_AT, Role.UPDATED_AT, stamp)
                + stamp(Role.UPDATED_AT, Role.CREATED_AT, stamp)
                + version();
    }

    private int stamp(Role missing, Role other, Instant stamp) {
        String value = model.withRole(other)
                .map(known -> "coalesce(e." + known.attribute() + ", :value)")
                .orElse(":value");
        return model.withRole(missing).map(field -> fill(field, value, stamp)).orElse(0);
    }

    /** The JPA provider does not change an entity without a version. */
    private int version() {
        return model.withRole(Role.VERSION)
                .map(field -> field.type().read(0L) instanceof ParseResult.Value zero
                        ? fill(field, ":value", zero.java())
                        : 0)
                .orElse(0);
    }

    private int fill(FieldModel field, String expression, Object value) {
        String attribute = "e." + field.attribute();
        return entities.createQuery("update " + entity + " set " + attribute + " = " + expression + " where "
                        + attribute + " is null")
                .setParameter("value", value)
                .executeUpdate();
    }
}
