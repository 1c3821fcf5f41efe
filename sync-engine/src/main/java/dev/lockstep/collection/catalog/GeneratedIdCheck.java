package dev.lockstep.collection.catalog;

import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.collection.mapping.TableNames;
import dev.lockstep.collection.registry.CollectionRegistry;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.SequenceGenerator;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Check that the sequences of generated ids exist, and grow as the entities state. The JPA provider starts before the
 * migrations, so it finds neither: without the check the first insert would fail, and ids would repeat.
 */
public final class GeneratedIdCheck {
    private static final String INCREMENTS = "select sequence_name, increment from information_schema.sequences";

    private final CollectionRegistry collections;

    public GeneratedIdCheck(CollectionRegistry collections) {
        this.collections = collections;
    }

    /** @throws Misconfiguration if a sequence is missing or has another increment; names it, the field and the cure */
    public void check(Connection connection) throws SQLException {
        Map<String, Long> increments = increments(connection);
        for (CollectionModel model : collections.all()) {
            FieldModel id = model.idField();
            sequence(model, id).ifPresent(sequence -> require(model, id, sequence, increments));
        }
    }

    /** A sequence as an entity states it. */
    private record Sequence(String name, int allocationSize) {}

    private static Map<String, Long> increments(Connection connection) throws SQLException {
        Map<String, Long> increments = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(INCREMENTS);
                ResultSet sequences = select.executeQuery()) {
            while (sequences.next()) {
                increments.put(TableNames.folded(sequences.getString(1)), sequences.getLong(2));
            }
        }
        return increments;
    }

    private static void require(CollectionModel model, FieldModel id, Sequence sequence, Map<String, Long> increments) {
        Long increment = increments.get(TableNames.folded(sequence.name()));
        String field = model.entity().getName() + " has the field '" + id.property() + "' with values of the sequence '"
                + sequence.name() + "', which ";
        String statement =
                "create sequence " + TableNames.folded(sequence.name()) + " increment by " + sequence.allocationSize();
        if (increment == null) {
            throw new Misconfiguration(field + "does not exist: create it in a migration (db/" + model.application()
                    + "/V*.sql): " + statement + ".");
        }
        // With an allocation of one the provider takes each value as it is.
        if (sequence.allocationSize() > 1 && increment != sequence.allocationSize()) {
            throw new Misconfiguration(field + "grows by " + increment + " and not by the allocationSize "
                    + sequence.allocationSize() + ", so that ids would repeat: change one of them.");
        }
    }

    /** The sequence of an id; empty if it has none, or one that only the JPA provider knows. */
    private static Optional<Sequence> sequence(CollectionModel model, FieldModel id) {
        Optional<GeneratedValue> generated = id.annotation(GeneratedValue.class)
                .filter(value -> id.idType().isNumber())
                .filter(value ->
                        value.strategy() == GenerationType.SEQUENCE || value.strategy() == GenerationType.AUTO);
        if (generated.isEmpty() || id.isConverted()) {
            return Optional.empty();
        }
        String generator = generated.get().generator();
        if (!generator.isEmpty()) {
            return generators(model, id)
                    .filter(each -> each.name().equals(generator))
                    .findFirst()
                    .map(each -> declared(each, generator));
        }
        return Optional.of(generators(model, id)
                .filter(each -> each.name().isEmpty())
                .findFirst()
                .map(each -> declared(each, byEntity(model)))
                .orElseGet(() -> new Sequence(byEntity(model), ALLOCATION_SIZE)));
    }

    /** The default of Jakarta Persistence. */
    private static final int ALLOCATION_SIZE = 50;

    private static Sequence declared(SequenceGenerator generator, String otherwise) {
        return new Sequence(
                generator.sequenceName().isEmpty() ? otherwise : generator.sequenceName(), generator.allocationSize());
    }

    /** The name that WildFly's JPA provider gives a sequence without one. */
    private static String byEntity(CollectionModel model) {
        Class<?> root = model.entity();
        for (Class<?> type = root; type != null; type = type.getSuperclass()) {
            root = type.isAnnotationPresent(Entity.class) ? type : root;
        }
        String stated = root.getAnnotation(Entity.class).name();
        return (stated.isEmpty() ? root.getSimpleName() : stated) + "_SEQ";
    }

    private static Stream<SequenceGenerator> generators(CollectionModel model, FieldModel id) {
        Stream.Builder<SequenceGenerator> found = Stream.builder();
        id.annotation(SequenceGenerator.class).ifPresent(found);
        for (Class<?> type = model.entity(); type != null && type != Object.class; type = type.getSuperclass()) {
            Stream.of(type.getDeclaredAnnotationsByType(SequenceGenerator.class))
                    .forEach(found);
            Stream.of(type.getPackage().getAnnotationsByType(SequenceGenerator.class))
                    .forEach(found);
        }
        return found.build();
    }
}
