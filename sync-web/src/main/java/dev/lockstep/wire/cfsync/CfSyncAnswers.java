package dev.lockstep.wire.cfsync;

import dev.lockstep.api.Change;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Operation;
import dev.lockstep.api.Row;
import dev.lockstep.api.Seq;
import dev.lockstep.wire.json.JsonObject;
import dev.lockstep.wire.json.PlainJson;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Bodies of successful answers (contract, section 1.1), with a fixed order of keys. */
final class CfSyncAnswers {
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private CfSyncAnswers() {}

    /** @param collections the collections that everyone may know; empty if the answer must not name them */
    static String health(Instant now, Optional<List<CollectionName>> collections) {
        return new JsonObject()
                .with("status", "ok")
                .with("timestamp", MILLIS.format(now))
                .with(
                        "collections",
                        collections.map(names ->
                                names.stream().map(CollectionName::value).toList()))
                .toString();
    }

    /** Separator between two rows of a list. */
    static final String ROW_SEPARATOR = ",";

    /** The text of a list before its rows. */
    static String listStart(CollectionName collection) {
        return "{" + PlainJson.quote(collection.value()) + ":[";
    }

    /** The text of a list after its rows. */
    static final String LIST_END = "]}";

    /**
     * The text after the rows of a list of changes since a cursor. Collections have no names with a {@code $}, so the keys
     * never collide with the key of the rows.
     */
    static String catchupEnd(List<EntityId> deleted, Seq position) {
        return "],\"$deleted\":["
                + deleted.stream().map(id -> PlainJson.quote(id.value())).collect(Collectors.joining(","))
                + "],\"$seq\":" + position.value() + "}";
    }

    /** Whether a change of one row found none. A repeated delete counts as one that found its row. */
    static boolean foundNoRow(Operation operation, MutationResult.Applied applied) {
        return switch (operation) {
            case UPDATE, ARCHIVE, UNARCHIVE -> applied.rows().getFirst().isEmpty();
            case DELETE -> !applied.repeated() && applied.rows().getFirst().isEmpty();
            case INSERT, BULK_INSERT, BULK_UPDATE, BULK_DELETE, MIXED, READ, SUBSCRIBE, APPEND -> false;
        };
    }

    static String applied(Mutation mutation, MutationResult.Applied applied) {
        List<Optional<Row>> rows = applied.rows();
        JsonObject success = new JsonObject().with("success", true);
        JsonObject answer = switch (mutation.operation()) {
            case INSERT, UPDATE, ARCHIVE, UNARCHIVE -> success.withJson("data", json(rows.getFirst()));
            case BULK_INSERT, BULK_UPDATE ->
                success.withJson(
                        "data",
                        rows.stream().flatMap(Optional::stream).map(Row::json).toList());
            case DELETE, BULK_DELETE -> success;
            case MIXED ->
                success.withJson("data", mixed(mutation.changes(), rows))
                        .with("seq", Optional.of(applied.last()).filter(last -> last.isAfter(Seq.START)));
            case READ, SUBSCRIBE, APPEND ->
                throw new IllegalArgumentException(mutation.operation() + " does not change rows");
        };
        return answer.toString();
    }

    private static String json(Optional<Row> row) {
        return row.map(Row::json).orElse("null");
    }

    /** One element for each change: its row, the id of a deleted row, or null where there was none. */
    private static List<String> mixed(List<Change> changes, List<Optional<Row>> rows) {
        List<String> data = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            boolean isDelete = changes.get(i) instanceof Change.Delete;
            data.add(
                    isDelete
                            ? rows.get(i)
                                    .map(row -> new JsonObject()
                                            .with("id", row.id().value())
                                            .toString())
                                    .orElse("null")
                            : json(rows.get(i)));
        }
        return data;
    }
}
