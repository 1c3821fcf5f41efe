package dev.lockstep.collection.row;

import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.UnreadableRows;
import dev.lockstep.database.ParameterPadding;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows as values instead of entities: this is faster, and independent of the entity manager's cache. If the JPA
 * provider cannot read a value, the row is read field by field, and shown without that value. Confined to one transaction.
 */
final class ReadableRows {
    /** Most rows of one query after a row turned out to be unreadable. */
    private static final int PAGE_ROWS_MAX = 500;

    /**
     * Most rows of one read whose delivery is remembered. If a later row is unreadable, the read fails; the next read of
     * the collection goes by ids from the start.
     */
    private static final int DELIVERED_MAX = 100_000;

    /** The hint by which WildFly's JPA provider fetches a long result in parts; other providers ignore it. */
    private static final String FETCH_SIZE = "org.hibernate.fetchSize";

    private static final int FETCH_ROWS = 1_000;

    private final EntityManager entities;
    private final CollectionModel model;

    ReadableRows(EntityManager entities, CollectionModel model) {
        this.entities = entities;
        this.model = model;
    }

    /**
     * The rows of a query.
     *
     * @param query makes the query from the selected fields, in their order
     */
    Stream<RowImage> of(Function<List<FieldModel>, TypedQuery<Object[]>> query) {
        Rows rows = new Rows(query);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, 0), false)
                .onClose(rows::close);
    }

    /** Rows of a query, read on demand. */
    private final class Rows implements Iterator<RowImage>, AutoCloseable {
        private final Function<List<FieldModel>, TypedQuery<Object[]>> query;
        private final Set<String> delivered = new HashSet<>();
        private final Stream<Object[]> found;
        private Iterator<RowImage> rows;
        private boolean readsByIds = model.storage().unreadable().isReadByIds();
        private @Nullable RowImage next;

        Rows(Function<List<FieldModel>, TypedQuery<Object[]>> query) {
            this.query = query;
            this.found = readsByIds
                    ? Stream.empty()
                    : query.apply(model.fields())
                            .setHint(FETCH_SIZE, FETCH_ROWS)
                            .getResultStream();
            this.rows = readsByIds ? remaining() : images(found);
        }

        @Override
        public boolean hasNext() {
            if (next == null) {
                next = advance();
            }
            return next != null;
        }

        private @Nullable RowImage advance() {
            try {
                return rows.hasNext() ? rows.next() : null;
            } catch (RuntimeException failure) {
                if (readsByIds || !UnreadableRows.isCause(failure)) {
                    throw failure;
                }
                readsByIds = true;
                if (delivered.size() == DELIVERED_MAX) {
                    model.storage().unreadable().readByIds();
                    throw failure;
                }
                found.close();
                rows = remaining();
                return rows.hasNext() ? rows.next() : null;
            }
        }

        /** The rows that are not delivered yet, read by ids. */
        private Iterator<RowImage> remaining() {
            List<Object> ids = query.apply(List.of(model.idField()))
                    .getResultStream()
                    .<Object>map(ReadableRows::onlyValue)
                    .filter(id -> !delivered.contains(model.idOf(id).value()))
                    .toList();
            List<List<Object>> pages = new ArrayList<>();
            for (int from = 0; from < ids.size(); from += PAGE_ROWS_MAX) {
                pages.add(ids.subList(from, Math.min(ids.size(), from + PAGE_ROWS_MAX)));
            }
            return pages.stream().flatMap(page -> inOrder(page).stream()).iterator();
        }

        @Override
        public RowImage next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            RowImage row = Objects.requireNonNull(next);
            next = null;
            if (delivered.size() < DELIVERED_MAX) {
                delivered.add(row.id().value());
            }
            return row;
        }

        @Override
        public void close() {
            found.close();
        }
    }

    private Iterator<RowImage> images(Stream<@Nullable Object[]> values) {
        Iterator<@Nullable Object[]> filled = new ElementCollections(entities, model).filled(values);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return filled.hasNext();
            }

            @Override
            public RowImage next() {
                return image(filled.next());
            }
        };
    }

    private List<RowImage> inOrder(List<Object> ids) {
        Map<Object, RowImage> rows = new HashMap<>();
        byId(ids).forEach(row -> rows.put(Objects.requireNonNull(row.get(model.idField())), row));
        return ids.stream().filter(rows::containsKey).map(rows::get).toList();
    }

    /** The rows with these ids, in any order. */
    List<RowImage> byId(List<Object> ids) {
        try {
            List<RowImage> rows = new ArrayList<>();
            images(valuesOf(selection(model.fields()), ids).stream()).forEachRemaining(rows::add);
            return rows;
        } catch (RuntimeException failure) {
            if (!UnreadableRows.isCause(failure)) {
                throw failure;
            }
        }
        List<RowImage> rows = new ArrayList<>();
        if (ids.size() == 1) {
            fieldByField(ids.getFirst(), rows::add);
        } else {
            rows.addAll(byId(ids.subList(0, ids.size() / 2)));
            rows.addAll(byId(ids.subList(ids.size() / 2, ids.size())));
        }
        return rows;
    }

    private List<Object[]> valuesOf(String selected, List<Object> ids) {
        return entities.createQuery(
                        "select " + selected + " from " + entityName() + " e where "
                                + model.idField().selected() + " in :ids",
                        Object[].class)
                .setParameter("ids", ParameterPadding.list(ids))
                .getResultList();
    }

    private void fieldByField(Object id, Consumer<RowImage> reader) {
        @Nullable Object[] values = new Object[model.fields().size()];
        List<FieldModel> unreadable = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            FieldModel field = model.fields().get(i);
            try {
                List<Object[]> found = valuesOf(field.selected(), List.of(id));
                if (found.isEmpty()) {
                    return; // the row was deleted in between
                }
                values[i] = field.isElementCollection()
                        ? new ElementCollections(entities, model)
                                .items(field, List.of(id))
                                .getOrDefault(id, List.of())
                        : onlyValue(found.getFirst());
            } catch (RuntimeException failure) {
                if (field == model.idField() || !UnreadableRows.isCause(failure)) {
                    throw failure;
                }
                unreadable.add(field);
            }
        }
        model.storage().unreadable().markUnreadable(model, model.idOf(id), unreadable);
        reader.accept(RowImage.of(model, values).withUnreadable(unreadable));
    }

    private static @Nullable Object onlyValue(@Nullable Object[] values) {
        return values[0];
    }

    /** The image of a row; a primitive field whose column is NULL is unreadable, too. */
    private RowImage image(@Nullable Object[] values) {
        RowImage image = RowImage.of(model, values);
        List<FieldModel> missing = image.missing();
        if (missing.isEmpty()) {
            return image;
        }
        model.storage().unreadable().markUnreadable(model, image.id(), missing);
        return image.withUnreadable(missing);
    }

    /** A select clause over an entity {@code e}. */
    static String selection(List<FieldModel> fields) {
        return fields.stream().map(FieldModel::selected).collect(Collectors.joining(", "));
    }

    private String entityName() {
        return entities.getMetamodel().entity(model.entity()).getName();
    }
}
