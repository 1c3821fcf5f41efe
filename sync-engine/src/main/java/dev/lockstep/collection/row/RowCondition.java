package dev.lockstep.collection.row;

import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;

/** A condition on rows for the database, as a JPA Criteria predicate. */
@FunctionalInterface
public interface RowCondition {
    /** The predicate over a query's root, which is the collection's entity. */
    Predicate of(Root<?> row, CriteriaBuilder builder);
}
