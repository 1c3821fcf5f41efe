package dev.lockstep.odd.random;

import dev.lockstep.api.entity.SyncApplication;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.json.JsonObject;
import jakarta.persistence.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The tests' description of a collection.
 *
 * @param fields all that clients see, in any order
 * @param query the SQL by which its rows are read; empty if they are those of one table
 */
public record OddCollection(Class<?> entity, List<OddField> fields, Set<Trait> traits, Rules rules, String query) {
    private static final Pattern TABLE = Pattern.compile("\\bodd_\\w+");

    /** The special traits of a collection. */
    public enum Trait {
        CLIENT_IDS,
        /** Clients choose ids, which are UUIDs. */
        UUID_IDS,
        /** Clients choose ids, which are numbers. */
        NUMBER_IDS,
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
        return new OddCollection(entity, List.copyOf(Arrays.asList(fields)), Set.copyOf(traits), Rules.NONE, "");
    }

    OddCollection ruledBy(Rules others) {
        return new OddCollection(entity, fields, traits, others, query);
    }

    /** A collection whose rows are in several tables, or not in the form in which tests compare them. */
    OddCollection readBy(String sql) {
        return new OddCollection(entity, fields, traits, rules, sql);
    }

    public String application() {
        return entity.getPackage().getAnnotation(SyncApplication.class).value();
    }

    /** Its name on the wire. */
    public String name() {
        return entity.getAnnotation(SyncCollection.class).value();
    }

    /** The source of its rows in SQL: its table, which may be a superclass's, or the query as a table. */
    public String source() {
        if (!query.isEmpty()) {
            return "(" + query + ") " + name();
        }
        Class<?> named = entity;
        while (!named.isAnnotationPresent(Table.class)) {
            named = named.getSuperclass();
        }
        return named.getAnnotation(Table.class).name();
    }

    /** The tables that its rows are read from. */
    public List<String> tables() {
        return TABLE.matcher(source()).results().map(MatchResult::group).toList();
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
