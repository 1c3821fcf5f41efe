package dev.lockstep.odd.random;

import dev.lockstep.api.entity.SyncApplication;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.json.JsonObject;
import jakarta.persistence.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The tests' description of a collection.
 *
 * @param fields all that clients see, in any order
 */
public record OddCollection(Class<?> entity, List<OddField> fields, Set<Trait> traits, Rules rules) {
    /** The special traits of a collection. */
    public enum Trait {
        CLIENT_IDS,
        SOFT_DELETE,
        ROOM_IS_ID,
        COMPOSITE_KEY,
        KEY_OF_COLUMNS,
        ARCHIVES,
        SCOPES,
        OWNED,
        FILTERED,
        SPEAKS_STRATA
    }

    static OddCollection of(Class<?> entity, Set<Trait> traits, OddField... fields) {
        return new OddCollection(entity, List.copyOf(Arrays.asList(fields)), Set.copyOf(traits), Rules.NONE);
    }

    OddCollection ruledBy(Rules others) {
        return new OddCollection(entity, fields, traits, others);
    }

    public String application() {
        return entity.getPackage().getAnnotation(SyncApplication.class).value();
    }

    /** Its name on the wire. */
    public String name() {
        return entity.getAnnotation(SyncCollection.class).value();
    }

    /** Its table, which may be a superclass's. */
    public String table() {
        Class<?> named = entity;
        while (!named.isAnnotationPresent(Table.class)) {
            named = named.getSuperclass();
        }
        return named.getAnnotation(Table.class).name();
    }

    public boolean is(Trait trait) {
        return traits.contains(trait);
    }

    /** The field of this name. */
    public Optional<OddField> field(String wireName) {
        return fields.stream().filter(field -> field.name().equals(wireName)).findFirst();
    }

    /** Whether its rows have rules beyond the kinds of their fields. */
    public boolean isRuled() {
        return !rules.equals(Rules.NONE);
    }

    List<OddField> sentFields() {
        return fields.stream().filter(OddField::isSent).toList();
    }

    /** The id of a row by its columns. */
    public String id(JsonObject columns) {
        return is(Trait.KEY_OF_COLUMNS)
                ? KeyText.of(parts().stream()
                        .map(part -> columns.getString(part.column()))
                        .toList())
                : columns.getString(idColumn());
    }

    /** The column with the id of a row, unless that has several. */
    public String idColumn() {
        return field("id").orElseThrow().column();
    }

    /** The fields that form the id, in its order; empty if it is one column. */
    public List<OddField> parts() {
        return fields.stream().filter(field -> field.is(OddField.Option.PART)).toList();
    }

    /** The column with the name of a row's room. */
    public String roomColumn() {
        return is(Trait.ROOM_IS_ID) ? "id" : "room";
    }

    @Override
    public String toString() {
        return application() + "/" + name();
    }
}
