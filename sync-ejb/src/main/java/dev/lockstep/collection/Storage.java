package dev.lockstep.collection;

import dev.lockstep.collection.value.FloatingPoint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the database stores the rows of one collection. It is known when the deployment has read the catalog; until then
 * only what the entity says counts. Thread-safe.
 */
public final class Storage {
    private final List<String> ofEntity;
    private volatile List<String> ofTable = List.of();
    private volatile Map<String, Integer> charactersMax = Map.of();

    private volatile Map<FieldModel, FloatingPoint> floatingPoints = Map.of();

    private final UnreadableRows unreadable = new UnreadableRows();

    /** @param ofEntity why rows of the entity may be stored otherwise than they are written */
    Storage(List<String> ofEntity) {
        this.ofEntity = List.copyOf(ofEntity);
    }

    /**
     * Adds what the catalog says.
     *
     * @param differences why the table may store rows otherwise than they are written
     * @param limits the most characters of texts, by the names of fields on the wire
     * @param precisions of the fields whose columns hold binary floating-point numbers
     */
    public void addFindings(
            List<String> differences, Map<String, Integer> limits, Map<FieldModel, FloatingPoint> precisions) {
        ofTable = List.copyOf(differences);
        charactersMax = Map.copyOf(limits);
        floatingPoints = Map.copyOf(precisions);
    }

    /** Whether a row may be stored otherwise than it is written, so that it has to be read back. */
    public boolean readsBack() {
        return !ofEntity.isEmpty() || !ofTable.isEmpty() || unreadable.any();
    }

    /** The rows that cannot be read as a whole. */
    public UnreadableRows unreadable() {
        return unreadable;
    }

    /** Makes values into those that rows tell; one for each of the fields. */
    void shorten(List<FieldModel> fields, @Nullable Object[] values) {
        Map<FieldModel, FloatingPoint> precisions = floatingPoints;
        for (int i = 0; i < values.length && !precisions.isEmpty(); i++) {
            FloatingPoint precision = precisions.get(fields.get(i));
            Object value = values[i];
            if (precision != null && value != null) {
                values[i] = precision.shortest(value);
            }
        }
    }

    /** Why it is read back, each in a few words. */
    public List<String> reasons() {
        return Stream.concat(ofEntity.stream(), ofTable.stream()).distinct().collect(Collectors.toList());
    }

    /** The most characters that the column of a field takes; empty if it takes more than any field may have. */
    Optional<Integer> charactersMax(FieldModel field) {
        return Optional.ofNullable(charactersMax.get(field.name()));
    }
}
