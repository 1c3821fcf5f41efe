package dev.lockstep.collection.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The comparisons that have the same result in every database and in Java. */
public enum FieldComparison {
    /** Equality. The order of texts depends on the database's collation, that of enums and UUIDs on their storage. */
    EQUALITY,
    /** Equality and order. */
    ORDER;

    private static final Set<Class<?>> EQUAL = Set.of(String.class, Boolean.class, boolean.class, UUID.class);

    private static final Set<Class<?>> ORDERED = Set.of(
            short.class,
            Short.class,
            int.class,
            Integer.class,
            long.class,
            Long.class,
            double.class,
            Double.class,
            BigInteger.class,
            BigDecimal.class,
            Instant.class,
            OffsetDateTime.class,
            LocalDateTime.class,
            LocalTime.class,
            LocalDate.class);

    /** The comparison of a Java type's values; empty if they cannot be compared. */
    public static Optional<FieldComparison> of(Class<?> javaType) {
        if (ORDERED.contains(javaType)) {
            return Optional.of(ORDER);
        }
        return javaType.isEnum() || EQUAL.contains(javaType) ? Optional.of(EQUALITY) : Optional.empty();
    }
}
