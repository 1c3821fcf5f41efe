package dev.lockstep.collection.row;

import dev.lockstep.api.entity.SyncCollection.Direction;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Order;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list that one range of an index holds in its order. A list after a position consists of few sections: the
 * rows with equal values of the first field, those beyond that value, and those without a value. A single condition over
 * all of them would read the equal rows from their beginning, and the place of NULL differs between databases.
 *
 * @param limits the bounds on the fields of the order
 * @param terms the order within the section
 */
record ListSection(List<Limit> limits, List<Term> terms) {
    ListSection {
        limits = List.copyOf(limits);
        terms = List.copyOf(terms);
    }

    /** One field of an order. */
    record Term(FieldModel field, boolean descending) {}

    /** A bound on one field of an order. */
    record Limit(Term term, Kind kind, @Nullable Object value) {
        private enum Kind {
            EQUAL,
            BEYOND,
            PRESENT,
            ABSENT
        }
    }

    /** The sections of a list, in its order. */
    static List<ListSection> of(CollectionModel model, ListQuery wanted) {
        Sections sections = new Sections(terms(model, wanted));
        return wanted.after()
                .map(position -> sections.after(0, List.of(), position))
                .orElseGet(() -> sections.all(0, List.of()));
    }

    private static List<Term> terms(CollectionModel model, ListQuery wanted) {
        Optional<ListSort> sort = wanted.sort();
        List<Term> terms = new ArrayList<>();
        for (FieldModel field : wanted.order(model)) {
            boolean descending =
                    sort.map(ListSort::descending).orElse(terms.isEmpty() && model.direction() == Direction.DESCENDING);
            terms.add(new Term(field, descending));
        }
        return terms;
    }

    /** Builds sections for the fields from an index on; those before it are bound. */
    private record Sections(List<Term> terms) {
        List<ListSection> all(int from, List<Limit> bound) {
            Term term = terms.get(from);
            if (!term.field().mayBeNull() || from == terms.size() - 1) {
                return List.of(new ListSection(bound, terms.subList(from, terms.size())));
            }
            // Rows without a value sort lowest.
            List<ListSection> present = List.of(section(from, bound, limit(term, Limit.Kind.PRESENT)));
            List<ListSection> absent = absent(from, bound);
            return term.descending() ? concat(present, absent) : concat(absent, present);
        }

        List<ListSection> after(int from, List<Limit> bound, ListPosition position) {
            Term term = terms.get(from);
            Object value = position.values().get(from);
            if (value == null) {
                List<ListSection> same = from == terms.size() - 1
                        ? List.of()
                        : after(from + 1, with(bound, limit(term, Limit.Kind.ABSENT)), position);
                return term.descending()
                        ? same
                        : concat(same, List.of(section(from, bound, limit(term, Limit.Kind.PRESENT))));
            }
            List<ListSection> beyond = List.of(section(from, bound, new Limit(term, Limit.Kind.BEYOND, value)));
            if (from == terms.size() - 1) {
                return beyond;
            }
            List<ListSection> same = after(from + 1, with(bound, new Limit(term, Limit.Kind.EQUAL, value)), position);
            boolean endsWithAbsent = term.descending() && term.field().mayBeNull();
            return concat(concat(same, beyond), endsWithAbsent ? absent(from, bound) : List.of());
        }

        private List<ListSection> absent(int from, List<Limit> bound) {
            return all(from + 1, with(bound, limit(terms.get(from), Limit.Kind.ABSENT)));
        }

        private ListSection section(int from, List<Limit> bound, Limit limit) {
            return new ListSection(with(bound, limit), terms.subList(from, terms.size()));
        }
    }

    private static Limit limit(Term term, Limit.Kind kind) {
        return new Limit(term, kind, null);
    }

    private static List<Limit> with(List<Limit> bound, Limit limit) {
        return Stream.concat(bound.stream(), Stream.of(limit)).toList();
    }

    private static List<ListSection> concat(List<ListSection> first, List<ListSection> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** The bounds as predicates. */
    List<Predicate> predicates(Root<?> row, CriteriaBuilder builder) {
        return limits.stream().map(limit -> predicate(limit, row, builder)).toList();
    }

    private static Predicate predicate(Limit limit, Root<?> row, CriteriaBuilder builder) {
        FieldPath path = new FieldPath(builder, row, limit.term().field());
        return switch (limit.kind()) {
            case PRESENT -> path.isPresent();
            case ABSENT -> path.isAbsent();
            case EQUAL -> path.isEqual(required(limit));
            case BEYOND -> limit.term().descending() ? path.isBelow(required(limit)) : path.isAbove(required(limit));
        };
    }

    private static Object required(Limit limit) {
        if (limit.value() == null) {
            throw new IllegalStateException("a limit without a value");
        }
        return Objects.requireNonNull(limit.term().field().type().toEntity(limit.value()));
    }

    /** The order as Criteria. */
    List<Order> order(Root<?> row, CriteriaBuilder builder) {
        return terms.stream()
                .map(term -> {
                    FieldPath path = new FieldPath(builder, row, term.field());
                    return term.descending() ? builder.desc(path.expression()) : builder.asc(path.expression());
                })
                .toList();
    }
}
