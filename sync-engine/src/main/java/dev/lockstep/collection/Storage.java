package dev.lockstep.collection;

import dev.lockstep.collection.value.FloatingPoint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The way in which the database stores the rows of one collection. Complete when the deployment has read the catalog;
 * until then only the entity counts. Thread-safe.
 */
public final class Storage {
    private final List<String> ofEntity;
    private volatile List<String> ofTable = List.of();
    private volatile Map<String, Integer> charactersMax = Map.of();

    private volatile Map<FieldModel, FloatingPoint> floatingPoints = Map.of();

    private final UnreadableRows unreadable = new UnreadableRows();

    /** @param ofEntity the reasons in the entity why stored rows may differ from the written ones */
    public Storage(List<String> ofEntity) {
        this.ofEntity = List.copyOf(ofEntity);
    }

    /**
     * Adds the findings of the catalog.
     *
     * @param differences the reasons in the table why stored rows may differ from the written ones
     * @param limits the most characters of texts and the most bytes of byte arrays, by field names on the wire
     * @param precisions the precisions of fields with binary floating-point columns
     */
    public void addFindings(
            List<String> differences, Map<String, Integer> limits, Map<FieldModel, FloatingPoint> precisions) {
        ofTable = List.copyOf(differences);
        charactersMax = Map.copyOf(limits);
        floatingPoints = Map.copyOf(precisions);
    }

    /** Whether stored rows may differ from the written ones, so that they are read back. */
    public boolean readsBack() {
        return !ofEntity.isEmpty() || !ofTable.isEmpty() || unreadable.any();
    }

    /** The unreadable rows of the collection. */
    public UnreadableRows unreadable() {
        return unreadable;
    }

    /** Replaces values by those that rows show; one value for each field. */
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

    /** The reasons for reading back, each in a few words. */
    public List<String> reasons() {
        return Stream.concat(ofEntity.stream(), ofTable.stream()).distinct().collect(Collectors.toList());
    }

    /** Most characters, or bytes, of a field's column; empty if the column accepts more than any field may have. */
    Optional<Integer> charactersMax(FieldModel field) {
        return Optional.ofNullable(charactersMax.get(field.name()));
    }
}
