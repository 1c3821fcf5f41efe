package dev.lockstep.collection;

import dev.lockstep.api.entity.Filterable;
import dev.lockstep.api.entity.Sortable;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The fields by which clients may filter and sort a collection's lists. Immutable.
 *
 * @param filterable the names on the wire of {@link Filterable} fields
 * @param sortable the names on the wire of {@link Sortable} fields
 */
public record ListFields(Set<String> filterable, Set<String> sortable) {
    public ListFields {
        filterable = Collections.unmodifiableSet(new LinkedHashSet<>(filterable));
        sortable = Collections.unmodifiableSet(new LinkedHashSet<>(sortable));
    }
}
