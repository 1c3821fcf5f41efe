package dev.lockstep.sample.shape;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One way of mapping an entity, with the values that clients send and the JSON that they receive. Immutable.
 *
 * @param name what is special about it
 * @param collection its collection; the room is {@code "p1"}
 * @param entities the entity classes, its own first
 * @param before statements that create its tables, and rows that it needs
 * @param after statements that drop the tables
 * @param chosenId the id that clients choose; null if the server makes the ids
 * @param inserted the fields of a new row
 * @param steps updates of the row, one after another
 */
public record Shape(
        String name,
        String collection,
        List<Class<?>> entities,
        List<String> before,
        List<String> after,
        @Nullable String chosenId,
        Step inserted,
        List<Step> steps) {
    /**
     * One write.
     *
     * @param sent values by names on the wire
     * @param expected members of the row after it, as they are in JSON, such as {@code "\"size\":3"}
     * @param hidden names that the row does not have after it
     * @param stored expected texts of SQL expressions over the row's table after it, by expression
     */
    public record Step(
            Map<String, @Nullable Object> sent,
            List<String> expected,
            List<String> hidden,
            Map<String, String> stored) {
        /** A write of these names and values in turn. */
        public static Step of(@Nullable Object... namesAndValues) {
            Map<String, @Nullable Object> sent = new LinkedHashMap<>();
            for (int i = 0; i < namesAndValues.length; i += 2) {
                sent.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
            }
            return new Step(sent, List.of(), List.of(), Map.of());
        }

        public Step shows(String... members) {
            return new Step(sent, List.of(members), hidden, stored);
        }

        public Step hides(String... names) {
            return new Step(sent, expected, List.of(names), stored);
        }

        public Step stores(String expression, String text) {
            Map<String, String> all = new LinkedHashMap<>(stored);
            all.put(expression, text);
            return new Step(sent, expected, hidden, all);
        }
    }

    /** A shape of this entity class in the table {@code shape_<collection>}. */
    public static Shape of(String name, String collection, Class<?> entity, Step inserted) {
        return new Shape(name, collection, List.of(entity), List.of(), List.of(), null, inserted, List.of());
    }

    /** The table with these columns; those of every shape are added: {@code room} and {@code title}. */
    public Shape columns(String columns) {
        return sql(
                "create table " + table() + " (" + columns + ", room varchar(64) not null, title varchar(200))",
                "drop table if exists " + table() + " cascade");
    }

    /** A statement before the test, and one that reverts it. */
    public Shape sql(String make, String revert) {
        List<String> first = new ArrayList<>(before);
        first.add(make);
        List<String> last = new ArrayList<>(after);
        last.addFirst(revert);
        return new Shape(name, collection, entities, first, last, chosenId, inserted, steps);
    }

    public Shape with(Class<?> entity) {
        List<Class<?>> all = new ArrayList<>(entities);
        all.add(entity);
        return new Shape(name, collection, all, before, after, chosenId, inserted, steps);
    }

    public Shape chosen(String id) {
        return new Shape(name, collection, entities, before, after, id, inserted, steps);
    }

    public Shape then(Step step) {
        List<Step> all = new ArrayList<>(steps);
        all.add(step);
        return new Shape(name, collection, entities, before, after, chosenId, inserted, all);
    }

    public String table() {
        return "shape_" + collection;
    }

    @Override
    public String toString() {
        return name;
    }
}
