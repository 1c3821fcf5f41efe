package dev.lockstep.collection.row;

import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.mapping.Role;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import jakarta.persistence.criteria.Selection;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The rows of a list with a filter, a chosen order or a condition of the application, section by section: a section is
 * queried when the rows before it are read. Confined to one transaction.
 */
final class ListRows implements Iterator<RowImage>, AutoCloseable {
    private final EntityManager entities;
    private final CollectionModel model;
    private final String room;
    private final ListQuery wanted;
    private final Optional<RowCondition> condition;
    private final Iterator<ListSection> sections;
    private Stream<RowImage> open = Stream.empty();
    private Iterator<RowImage> rows = open.iterator();
    private long left;

    private ListRows(
            EntityManager entities,
            CollectionModel model,
            String room,
            ListQuery wanted,
            Optional<RowCondition> condition) {
        this.entities = entities;
        this.model = model;
        this.room = room;
        this.wanted = wanted;
        this.condition = condition;
        this.sections = ListSection.of(model, wanted).iterator();
        this.left = isLimited() ? wanted.rowsMax() + 1L : Long.MAX_VALUE;
    }

    /** A stream over the rows, ending after one more than the limit. The caller closes it. */
    static Stream<RowImage> stream(
            EntityManager entities,
            CollectionModel model,
            String room,
            ListQuery wanted,
            Optional<RowCondition> condition) {
        ListRows rows = new ListRows(entities, model, room, wanted, condition);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(rows, 0), false)
                .onClose(rows::close);
    }

    private boolean isLimited() {
        return wanted.rowsMax() < Integer.MAX_VALUE;
    }

    @Override
    public boolean hasNext() {
        while (left > 0 && !rows.hasNext() && sections.hasNext()) {
            open.close();
            ListSection section = sections.next();
            open = new ReadableRows(entities, model).of(selected -> query(section, selected));
            rows = open.iterator();
        }
        return left > 0 && rows.hasNext();
    }

    @Override
    public RowImage next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        left--;
        return rows.next();
    }

    private TypedQuery<Object[]> query(ListSection section, List<FieldModel> selected) {
        CriteriaBuilder builder = entities.getCriteriaBuilder();
        CriteriaQuery<Object[]> query = builder.createQuery(Object[].class);
        Root<?> row = query.from(model.entity());
        query.multiselect(selected.stream()
                        .<Selection<?>>map(field -> FieldPath.selected(builder, row, field))
                        .toList())
                .where(predicates(section, row, builder).toArray(Predicate[]::new))
                .orderBy(section.order(row, builder));
        TypedQuery<Object[]> rowsOfSection = entities.createQuery(query);
        return isLimited() ? rowsOfSection.setMaxResults(Math.toIntExact(left)) : rowsOfSection;
    }

    private List<Predicate> predicates(ListSection section, Root<?> row, CriteriaBuilder builder) {
        List<Predicate> all = new ArrayList<>();
        model.roomField()
                .ifPresent(field -> all.add(new FieldPath(builder, row, field)
                        .isEqual(model.roomValue(room).orElseThrow())));
        wanted.scope()
                .ifPresent(scope ->
                        model.scope().ifPresent(field -> all.add(new FieldPath(builder, row, field).isEqual(scope))));
        model.withRole(Role.DELETED_AT).ifPresent(field -> all.add(new FieldPath(builder, row, field).isAbsent()));
        all.addAll(new FilterPredicates(row, builder).of(wanted.filter()));
        all.addAll(section.predicates(row, builder));
        condition.ifPresent(each -> all.add(each.of(row, builder)));
        return all;
    }

    @Override
    public void close() {
        open.close();
    }
}
