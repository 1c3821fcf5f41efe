package dev.lockstep.wire.cfsync;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.Refusal.Issue;
import dev.lockstep.api.SyncException;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.InvalidFields;
import dev.lockstep.collection.filter.FilterReader;
import dev.lockstep.collection.filter.RowFilter;
import dev.lockstep.collection.row.ListPosition;
import dev.lockstep.collection.row.ListQuery;
import dev.lockstep.collection.row.ListSort;
import dev.lockstep.wire.json.PlainJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reader of the query parameters of lists: {@code filter}, {@code sort}, {@code limit} and {@code after}. */
final class ListParameters {
    /** Longest filter, in characters. A longer one is refused. */
    static final int FILTER_CHARACTERS_MAX = 8_192;

    /** Largest {@code limit} of a page, in rows. A larger one is refused; without a limit the list is one page. */
    static final int PAGE_ROWS_MAX = 1000;

    /** The parameter with a filter, of lists and of sockets. */
    static final String FILTER = "filter";

    private static final String SORT = "sort";
    private static final String AFTER = "after";

    private ListParameters() {}

    /** The requested rows of a list. */
    static ListQuery query(CollectionModel model, Map<String, @Nullable Object> query) {
        Optional<ListSort> sort = sort(model, query);
        return new ListQuery(
                CfSyncRequests.scope(query), filter(model, query), sort, after(model, sort, query), limit(query));
    }

    /** The filter of a list; one that all rows pass, without the parameter. */
    static RowFilter filter(CollectionModel model, Map<String, @Nullable Object> query) {
        return query.get(FILTER) instanceof String text ? filter(model, json(text), FILTER) : RowFilter.ALL;
    }

    /** A filter of a collection, as plain values. */
    static RowFilter filter(CollectionModel model, @Nullable Object json, String path) {
        try {
            return FilterReader.read(model, json, path);
        } catch (InvalidFields invalid) {
            throw refused(invalid.issues());
        }
    }

    /** A parameter with a filter, as plain values. */
    static @Nullable Object json(String text) {
        if (text.length() > FILTER_CHARACTERS_MAX) {
            throw invalid(FILTER, "is too long: at most " + FILTER_CHARACTERS_MAX + " characters");
        }
        try {
            return PlainJson.parse(text);
        } catch (SyncException unreadable) {
            throw invalid(FILTER, "is not JSON");
        }
    }

    private static Optional<ListSort> sort(CollectionModel model, Map<String, @Nullable Object> query) {
        if (!(query.get(SORT) instanceof String text)) {
            return Optional.empty();
        }
        boolean descending = text.startsWith("-");
        String name = descending ? text.substring(1) : text;
        if (!model.lists().sortable().contains(name)) {
            throw invalid(
                    SORT,
                    "lists of '" + model.name() + "' cannot be sorted by this field; choose from "
                            + model.lists().sortable() + ", with '-' before it for descending order");
        }
        return model.named(name).map(field -> new ListSort(field, descending));
    }

    private static Optional<ListPosition> after(
            CollectionModel model, Optional<ListSort> sort, Map<String, @Nullable Object> query) {
        if (!(query.get(AFTER) instanceof String text)) {
            return Optional.empty();
        }
        try {
            return Optional.of(ListPosition.read(model, sort, text));
        } catch (IllegalArgumentException e) {
            throw invalid(AFTER, e.getMessage());
        }
    }

    /** The most rows of a page; all rows if the query has no limit. */
    static int limit(Map<String, @Nullable Object> query) {
        OptionalLong limit = number(query, "limit", 1, PAGE_ROWS_MAX);
        return limit.isPresent() ? (int) limit.getAsLong() : Integer.MAX_VALUE;
    }

    /** The log position up to which the client has seen everything. */
    static OptionalLong cursor(Map<String, @Nullable Object> query) {
        return number(query, "cursor", 0, Long.MAX_VALUE);
    }

    private static OptionalLong number(Map<String, @Nullable Object> query, String key, long min, long max) {
        if (!(query.get(key) instanceof String text)) {
            return OptionalLong.empty();
        }
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return OptionalLong.of(number);
            }
        } catch (NumberFormatException none) {
            // refused below, like a number out of bounds
        }
        throw invalid(key, "expected a whole number from " + min + " to " + max);
    }

    private static SyncException invalid(String path, @Nullable String message) {
        return refused(List.of(new Issue(path, String.valueOf(message))));
    }

    private static SyncException refused(List<Issue> issues) {
        String text = issues.stream()
                .map(issue -> issue.path() + ": " + issue.message())
                .collect(Collectors.joining("; "));
        return new SyncException(new Refusal(ErrorCode.INVALID, text, issues));
    }
}
