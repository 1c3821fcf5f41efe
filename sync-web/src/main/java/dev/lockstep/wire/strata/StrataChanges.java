package dev.lockstep.wire.strata;

import dev.lockstep.api.Change;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.Operation;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.wire.strata.request.RequestProblems;
import dev.lockstep.wire.strata.request.StrataRequests.Transaction;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Conversion of transactions to changes (contract, sections 1.4 and 1.6). */
final class StrataChanges {
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    private static final String ARCHIVED_AT = "archivedAt";

    private StrataChanges() {}

    /** A transaction is invalid. The message is for its client. */
    static final class InvalidChange extends Exception {
        InvalidChange(String message) {
            super(message);
        }

        String message() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * The id of the row; composed of fields, if the collection has a composite key.
     *
     * @throws InvalidChange if a part of the key cannot be stored
     */
    static EntityId row(CollectionModel model, Transaction transaction) throws InvalidChange {
        for (String key : model.compositeKey()) {
            if (transaction.payload().get(key) instanceof String part
                    && !RequestProblems.isStorable(part, part.length())) {
                throw new InvalidChange(key + ": holds a NUL or half a surrogate pair");
            }
        }
        return model.compositeId(transaction.payload()).orElseGet(() -> new EntityId(transaction.modelId()));
    }

    /**
     * The change of a row.
     *
     * @param moveTo the room that an update moves the row to
     * @throws InvalidChange if the collection does not support the change, or a value is invalid
     */
    static Change change(CollectionModel model, Transaction transaction, EntityId row, Optional<String> moveTo)
            throws InvalidChange {
        if (!model.operations().contains(transaction.action())) {
            throw unsupported(transaction.action());
        }
        return switch (transaction.action()) {
            case INSERT -> new Change.Insert(model.name(), row, insertion(model, transaction.payload()));
            case UPDATE ->
                new Change.Update(
                        model.name(),
                        row,
                        values(model, lastWriterWins(model, transaction.payload()), FieldModel::isWrittenByUpdates),
                        moveTo);
            case DELETE -> new Change.Delete(model.name(), row);
            case ARCHIVE -> new Change.Archive(model.name(), row, archivedAt(transaction.payload()));
            case UNARCHIVE -> new Change.Unarchive(model.name(), row);
            case READ, SUBSCRIBE, APPEND, BULK_INSERT, BULK_UPDATE, BULK_DELETE, MIXED ->
                throw unsupported(transaction.action());
        };
    }

    /** The payload without a version: clients of this dialect cannot handle the refusal of a stale update. */
    private static Map<String, @Nullable Object> lastWriterWins(
            CollectionModel model, Map<String, @Nullable Object> payload) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>(payload);
        model.versionField().ifPresent(values::remove);
        return values;
    }

    static InvalidChange unsupported(Operation action) {
        return new InvalidChange("Unsupported action \""
                + (action == Operation.UNARCHIVE ? 'V' : action.name().charAt(0)) + "\" for this model");
    }

    /** The values of a new row. A null counts as missing, so that the field has its default. */
    private static Map<String, @Nullable Object> insertion(CollectionModel model, Map<String, @Nullable Object> payload)
            throws InvalidChange {
        Map<String, @Nullable Object> sent = new LinkedHashMap<>(payload);
        sent.values().removeIf(value -> value == null);
        return values(model, sent, FieldModel::isWrittenByInserts);
    }

    private static Map<String, @Nullable Object> values(
            CollectionModel model, Map<String, @Nullable Object> payload, Predicate<FieldModel> written)
            throws InvalidChange {
        Map<String, @Nullable Object> values = new LinkedHashMap<>(payload);
        for (FieldModel field : model.fields()) {
            Object value = values.get(field.name());
            if (value != null && written.test(field)) {
                if (field.isTime()) {
                    values.put(field.name(), timestamp(field.name(), value).toEpochMilli());
                } else if (field.isDate()) {
                    values.put(field.name(), day(field.name(), value));
                }
            }
        }
        return values;
    }

    private static Instant archivedAt(Map<String, @Nullable Object> payload) throws InvalidChange {
        Object at = payload.get(ARCHIVED_AT);
        if (at == null) {
            throw new InvalidChange(ARCHIVED_AT + " is required");
        }
        return timestamp(ARCHIVED_AT, at);
    }

    private static Instant timestamp(String name, Object value) throws InvalidChange {
        try {
            return Instant.ofEpochMilli(millis(value));
        } catch (ArithmeticException | DateTimeException invalid) {
            throw new InvalidChange("Invalid instant value for " + name);
        }
    }

    private static String day(String name, Object value) throws InvalidChange {
        try {
            long millis = millis(value);
            if (millis % DAY_MILLIS == 0) {
                return LocalDate.ofEpochDay(millis / DAY_MILLIS).toString();
            }
        } catch (ArithmeticException | DateTimeException invalid) {
            // refused below, like a time of day
        }
        throw new InvalidChange("Invalid dateOnly value for " + name);
    }

    /** Milliseconds, truncated to whole ones like dates in JavaScript. */
    private static long millis(Object value) {
        if (value instanceof Long whole) {
            return whole;
        }
        if (value instanceof BigDecimal number && Math.abs((long) number.precision() - number.scale()) <= Long.SIZE) {
            return number.setScale(0, RoundingMode.DOWN).longValueExact();
        }
        throw new ArithmeticException("not a number of milliseconds");
    }
}
