package dev.lockstep.collection.row;

import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.database.ParameterPadding;
import jakarta.persistence.EntityGraph;
import jakarta.persistence.EntityManager;
import jakarta.persistence.OrderColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the collections that rows have in tables of their own: one query for each collection and some hundred rows. Confined
 * to one transaction.
 */
final class ElementCollections {
    /** Most rows of one query. */
    private static final int ROWS_MAX = 500;

    /** The hint of JPA by which a query loads these attributes and leaves others unloaded, also eager ones. */
    static final String FETCH_GRAPH = "jakarta.persistence.fetchgraph";

    private final EntityManager entities;
    private final CollectionModel model;
    private final List<FieldModel> collections;

    ElementCollections(EntityManager entities, CollectionModel model) {
        this.entities = entities;
        this.model = model;
        this.collections = model.elementCollections();
    }

    /** The values of rows, one for each field of the collection, with the items in place of the constants. */
    Iterator<@Nullable Object[]> filled(Stream<@Nullable Object[]> rows) {
        return collections.isEmpty() ? rows.iterator() : new Pages(rows.iterator());
    }

    /** Reads page by page. */
    private final class Pages implements Iterator<@Nullable Object[]> {
        private final Iterator<@Nullable Object[]> rows;
        private Iterator<@Nullable Object[]> page =
                List.<@Nullable Object[]>of().iterator();

        Pages(Iterator<@Nullable Object[]> rows) {
            this.rows = rows;
        }

        @Override
        public boolean hasNext() {
            return page.hasNext() || rows.hasNext();
        }

        @Override
        public @Nullable Object[] next() {
            if (!page.hasNext()) {
                List<@Nullable Object[]> next = new ArrayList<>();
                while (next.size() < ROWS_MAX && (next.isEmpty() || rows.hasNext())) {
                    next.add(rows.next());
                }
                fill(next);
                page = next.iterator();
            }
            return page.next();
        }
    }

    private void fill(List<@Nullable Object[]> rows) {
        int id = model.fields().indexOf(model.idField());
        List<Object> ids = new ArrayList<>();
        for (@Nullable Object[] row : rows) {
            Object value = row[id];
            if (value != null) {
                ids.add(value);
            }
        }
        for (FieldModel field : collections) {
            Map<Object, List<@Nullable Object>> items = items(field, ids);
            int at = model.fields().indexOf(field);
            for (@Nullable Object[] row : rows) {
                List<@Nullable Object> ofRow = items.get(row[id]);
                row[at] = ofRow == null ? List.of() : ofRow;
            }
        }
    }

    /** The items of rows, by the rows' ids. */
    Map<Object, List<@Nullable Object>> items(FieldModel field, List<Object> ids) {
        String id = model.idField().selected();
        String query = "select " + id + ", c from " + entityName() + " e join e." + field.property() + " c where " + id
                + " in :ids"
                + field.annotation(OrderColumn.class)
                        .map(ordered -> " order by index(c)")
                        .orElse("");
        Map<Object, List<@Nullable Object>> items = new HashMap<>();
        entities.createQuery(query, Object[].class)
                .setParameter("ids", ParameterPadding.list(ids))
                .getResultList()
                .forEach(found -> items.computeIfAbsent(found[0], first -> new ArrayList<>())
                        .add(found[1]));
        return items;
    }

    /** Loads the collections of managed entities: one query for each, whether eager or lazy. */
    void load(List<Object> ids) {
        for (FieldModel field : collections) {
            EntityGraph<?> only = entities.createEntityGraph(model.entity());
            only.addAttributeNodes(field.property());
            entities.createQuery(
                            "select e from " + entityName() + " e where "
                                    + model.idField().selected() + " in :ids",
                            model.entity())
                    .setParameter("ids", ParameterPadding.list(ids))
                    .setHint(FETCH_GRAPH, only)
                    .getResultList();
        }
    }

    private String entityName() {
        return entities.getMetamodel().entity(model.entity()).getName();
    }
}
