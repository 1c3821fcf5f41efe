package dev.lockstep.collection;

import dev.lockstep.api.Refusal.Issue;
import dev.lockstep.collection.mapping.Attributes;
import dev.lockstep.collection.mapping.Role;
import dev.lockstep.collection.value.ObjectPatch;
import dev.lockstep.collection.value.ParseResult;
import dev.lockstep.collection.value.TextTypes;
import dev.lockstep.collection.value.TimeTypes;
import dev.lockstep.collection.value.Violations;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import jakarta.validation.TraversableResolver;
import jakarta.validation.Valid;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.lang.annotation.ElementType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Validation of clients' values. The entity is the schema: the types of its fields and its Bean Validation constraints.
 * Fields that the collection does not have, that the server sets, or that clients may not write in this operation are
 * ignored; no refusal names them.
 *
 * <p>Validators are application code: call this on the caller's thread, never on the writer's. Thread-safe.
 */
public final class RowReader {
    /** New rows have no lazy state: the default resolver's check took 4 % of a busy server's time. */
    private static final TraversableResolver LOADED = new TraversableResolver() {
        @Override
        public boolean isReachable(
                @Nullable Object entity, Path.Node field, Class<?> root, Path path, ElementType where) {
            return true;
        }

        @Override
        public boolean isCascadable(
                @Nullable Object entity, Path.Node field, Class<?> root, Path path, ElementType where) {
            return entity == null || !Attributes.isRelation(entity.getClass(), String.valueOf(field.getName()));
        }
    };

    private final Validator validator;

    public RowReader(ValidatorFactory validation) {
        this.validator = validation.usingContext().traversableResolver(LOADED).getValidator();
    }

    /** A new row without id, room and timestamps; fields that were not sent have the entity's defaults. */
    public RowImage insert(CollectionModel model, Map<String, @Nullable Object> sent) throws InvalidFields {
        Map<FieldModel, @Nullable Object> values = read(model, sent, FieldModel::isWrittenByInserts);
        Object entity = newEntity(model, values);
        values.forEach((field, value) -> {
            if (field.isOf(entity.getClass())) {
                field.set(entity, value);
            }
        });
        List<Issue> issues = new ArrayList<>();
        for (ConstraintViolation<?> violation : validator.validate(entity)) {
            issue(model, violation).ifPresent(issues::add);
        }
        for (FieldModel field : model.fields()) {
            Object value = field.get(entity);
            if (!field.isOf(entity.getClass())) {
                continue;
            }
            if (isRequiredFromClients(field) && field.isRequired() && value == null && !has(issues, field)) {
                issues.add(new Issue(field.name(), "must not be null"));
            }
            if (model.compositeKey().contains(field.name())
                    && (value == null || value.equals(""))
                    && !has(issues, field)) {
                issues.add(new Issue(field.name(), "must not be empty"));
            }
        }
        refuse(issues);
        return RowImage.of(model, entity);
    }

    /** A new entity of the class that the values name. */
    private static Object newEntity(CollectionModel model, Map<FieldModel, @Nullable Object> values)
            throws InvalidFields {
        Optional<FieldModel> subtype = model.subtypeField();
        Object named = subtype.map(values::get).orElse(null);
        if (named == null && subtype.filter(FieldModel::isRequired).isPresent()) {
            FieldModel field = subtype.get();
            throw new InvalidFields(
                    List.of(new Issue(field.name(), "expected " + field.type().expected() + ", received nothing")));
        }
        return model.newEntity(named);
    }

    /** Whether clients set the field in a new row. The server sets its own fields where a client does not. */
    private static boolean isRequiredFromClients(FieldModel field) {
        return field.role() == Role.DATA && field.isWrittenByInserts();
    }

    /** New values of some fields. Constraints over several fields are not checked, because they need the whole row. */
    public Map<FieldModel, @Nullable Object> update(CollectionModel model, Map<String, @Nullable Object> sent)
            throws InvalidFields {
        Map<FieldModel, @Nullable Object> values = read(model, sent, RowReader::isUpdated);
        List<Issue> issues = new ArrayList<>();
        values.forEach((field, value) -> {
            issues.addAll(violations(field, value));
            if (value == null && field.isRequired() && !has(issues, field)) {
                issues.add(new Issue(field.name(), "must not be null"));
            }
        });
        refuse(issues);
        return values;
    }

    /**
     * Values of a row that an application keeps elsewhere: also of fields that clients may not write. Constraints are not
     * checked; the application answers for its rows.
     */
    public Map<FieldModel, @Nullable Object> kept(CollectionModel model, Map<String, @Nullable Object> row)
            throws InvalidFields {
        return read(model, row, field -> field.role() == Role.DATA && !field.isRoom());
    }

    /** A new row of those values, without id, room and timestamps. */
    public RowImage keptRow(CollectionModel model, Map<String, @Nullable Object> row) throws InvalidFields {
        Map<FieldModel, @Nullable Object> values = kept(model, row);
        Object entity = newEntity(model, values);
        values.forEach((field, value) -> {
            if (field.isOf(entity.getClass())) {
                field.set(entity, value);
            }
        });
        return RowImage.of(model, entity);
    }

    /**
     * The version that an update expects; empty if it names none, or if rows have no version.
     *
     * @throws InvalidFields if the value is not a version
     */
    public Optional<Object> version(CollectionModel model, Map<String, @Nullable Object> sent) throws InvalidFields {
        Optional<FieldModel> field = model.withRole(Role.VERSION);
        Object named = field.map(version -> sent.get(version.name())).orElse(null);
        if (field.isEmpty() || named == null) {
            return Optional.empty();
        }
        return switch (field.get().type().read(named)) {
            case ParseResult.Value value -> Optional.of(value.java());
            case ParseResult.Problem problem ->
                throw new InvalidFields(List.of(new Issue(field.get().name(), problem.message())));
        };
    }

    /** A move to another room is a separate value of the change, not a field. */
    private static boolean isUpdated(FieldModel field) {
        return field.isWrittenByUpdates() && !field.isRoom();
    }

    /** The time of archiving in its stored precision. */
    public Instant archived(CollectionModel model, Instant at) throws InvalidFields {
        return switch (TimeTypes.instant(at)) {
            case ParseResult.Value value -> (Instant) value.java();
            case ParseResult.Problem problem ->
                throw new InvalidFields(List.of(
                        new Issue(model.withRole(Role.ARCHIVED_AT).orElseThrow().name(), problem.message())));
        };
    }

    private static Map<FieldModel, @Nullable Object> read(
            CollectionModel model, Map<String, @Nullable Object> sent, Predicate<FieldModel> written)
            throws InvalidFields {
        Map<FieldModel, @Nullable Object> values = new LinkedHashMap<>();
        List<Issue> issues = new ArrayList<>();
        for (FieldModel field : model.fields()) {
            if (written.test(field) && sent.containsKey(field.name())) {
                read(model, field, sent.get(field.name()), values, issues);
            }
        }
        refuse(issues);
        return values;
    }

    private static void read(
            CollectionModel model,
            FieldModel field,
            @Nullable Object json,
            Map<FieldModel, @Nullable Object> values,
            List<Issue> issues) {
        if (json == null) {
            if (field.isRequired() && field.role() == Role.DATA) {
                issues.add(new Issue(field.name(), "expected " + field.type().expected() + ", received null"));
            } else {
                values.put(field, field.absent());
            }
            return;
        }
        switch (field.type().read(json)) {
            case ParseResult.Value value -> {
                values.put(field, value.java());
                tooLong(model, field, value.java()).ifPresent(issues::add);
            }
            case ParseResult.Problem problem ->
                issues.add(new Issue(problem.in(field.name()).path(), problem.message()));
        }
    }

    // PostgreSQL would truncate trailing blanks of a text that is too long, and refuse other texts without naming the
    // field.
    private static Optional<Issue> tooLong(CollectionModel model, FieldModel field, Object value) {
        boolean ofBytes = field.javaType() == byte[].class;
        return model.storage()
                .charactersMax(field)
                .filter(most -> value instanceof String text
                        && (ofBytes ? TextTypes.bytes(text) : text.codePointCount(0, text.length())) > most)
                .map(most ->
                        new Issue(field.name(), "is too long: at most " + most + (ofBytes ? " bytes" : " characters")));
    }

    /** The issues of a field's new value. Members of an object are checked where the field has {@code @Valid}. */
    private List<Issue> violations(FieldModel field, @Nullable Object value) {
        if (value instanceof ObjectPatch patch) {
            return field.annotation(Valid.class).isPresent()
                    ? Violations.of(validator, field.name(), patch)
                    : List.of();
        }
        return validator
                .validateValue(field.owner(), field.property(), field.type().toEntity(value))
                .stream()
                .map(violation -> Violations.of(violation, field.name(), field.type()))
                .toList();
    }

    private static Optional<Issue> issue(CollectionModel model, ConstraintViolation<?> violation) {
        String first = Violations.attribute(violation);
        boolean isKey =
                model.idField().key().isPresent() && model.idField().property().equals(first);
        String attribute = isKey ? Violations.member(violation) : first;
        return attribute.isEmpty()
                ? Optional.of(new Issue("", violation.getMessage()))
                : model.fields().stream()
                        .filter(field -> field.property().equals(attribute)
                                && field.isOf(violation.getRootBeanClass())
                                && isReported(field, violation))
                        .map(field -> Violations.of(violation, field.name(), field.type()))
                        .findFirst();
    }

    /** Violations of fields that clients cannot set are not reported to them. */
    private static boolean isReported(FieldModel field, ConstraintViolation<?> violation) {
        return violation.getInvalidValue() == null ? isRequiredFromClients(field) : field.isWrittenByInserts();
    }

    private static boolean has(List<Issue> issues, FieldModel field) {
        return issues.stream().anyMatch(issue -> issue.path().equals(field.name()));
    }

    private static void refuse(List<Issue> issues) throws InvalidFields {
        if (!issues.isEmpty()) {
            throw new InvalidFields(issues);
        }
    }
}
