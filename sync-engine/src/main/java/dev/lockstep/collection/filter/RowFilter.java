package dev.lockstep.collection.filter;

import dev.lockstep.api.Row;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.value.ParseResult;
import dev.lockstep.collection.value.RowValues;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A client's filter of one collection: a row passes if it meets all conditions. The values that clients see decide, in
 * SQL as well. Equal filters pass the same rows. Immutable.
 */
public record RowFilter(List<Condition> conditions) implements Predicate<Row> {
    /** The filter that all rows pass. */
    public static final RowFilter ALL = new RowFilter(List.of());

    public RowFilter {
        conditions = List.copyOf(conditions);
    }

    /** Whether all rows pass. */
    public boolean isEmpty() {
        return conditions.isEmpty();
    }

    @Override
    public boolean test(Row row) {
        if (conditions.isEmpty()) {
            return true;
        }
        Map<String, @Nullable Object> values = RowValues.of(row);
        return conditions.stream()
                .allMatch(condition -> condition.isMetBy(
                        value(condition.field(), values.get(condition.field().name()))));
    }

    private static @Nullable Object value(FieldModel field, @Nullable Object shown) {
        return shown != null && field.type().read(shown) instanceof ParseResult.Value value ? value.java() : null;
    }
}
