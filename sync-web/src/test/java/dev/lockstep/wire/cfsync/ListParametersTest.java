package dev.lockstep.wire.cfsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.SyncException;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.collection.row.ListPosition;
import dev.lockstep.collection.row.ListQuery;
import dev.lockstep.collection.row.ListSort;
import dev.lockstep.wire.cfsync.model.Errand;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ListParametersTest {
    private final CollectionModel errands = new CollectionRegistry(List.of(Errand.class))
            .find("errands", new CollectionName("errands"))
            .orElseThrow();

    private static void assertInvalid(ThrowingCallable request, String path, String message) {
        assertThatThrownBy(request).isInstanceOfSatisfying(SyncException.class, refused -> {
            assertThat(refused.refusal().code()).isEqualTo(ErrorCode.INVALID);
            assertThat(refused.refusal().message()).isEqualTo(path + ": " + message);
            assertThat(refused.refusal().issues()).containsExactly(new Refusal.Issue(path, message));
        });
    }

    private ListQuery query(Map<String, @Nullable Object> parameters) {
        return ListParameters.query(errands, parameters);
    }

    @Test
    @Tag("LST1")
    @DisplayName("[LST1] a request without filter and sort is a request for the collection's own list")
    void plain() {
        assertThat(query(Map.of())).isEqualTo(ListQuery.ALL);
        assertThat(query(Map.of("filter", "{}"))).isEqualTo(ListQuery.ALL);
        assertThat(query(Map.of("unknown", "x", "effort", "2"))).isEqualTo(ListQuery.ALL);
    }

    @Test
    @Tag("LST1")
    @DisplayName("[LST1] a filter is JSON of at most 8,192 characters")
    void filters() {
        assertThat(query(Map.of("filter", "{\"effort\":[1,2]}")).filter().conditions())
                .hasSize(1);
        assertInvalid(() -> query(Map.of("filter", "{effort:1}")), "filter", "is not JSON");
        assertInvalid(() -> query(Map.of("filter", "")), "filter", "is not JSON");
        assertInvalid(
                () -> query(Map.of("filter", "{\"effort\":" + " ".repeat(8_192) + "1}")),
                "filter",
                "is too long: at most 8192 characters");
    }

    @Test
    @Tag("LST3")
    @DisplayName("[LST3] a filter by a field that is not declared is refused with those that are")
    void undeclared() {
        assertInvalid(
                () -> query(Map.of("filter", "{\"title\":\"x\"}")),
                "filter.title",
                "lists of 'errands' cannot be filtered by this field; choose from [effort]");
    }

    @Test
    @Tag("LST5")
    @DisplayName("[LST5] an order is the name of a declared field, descending with a minus sign")
    void orders() {
        assertThat(query(Map.of("sort", "effort")).sort().map(ListSort::text)).contains("effort");
        assertThat(query(Map.of("sort", "-createdAt")).sort().map(ListSort::descending))
                .contains(true);
        for (String sort : List.of("title", "", "-", "--effort", "effort,createdAt", " effort")) {
            assertInvalid(
                    () -> query(Map.of("sort", sort)),
                    "sort",
                    "lists of 'errands' cannot be sorted by this field; choose from [effort, createdAt], with '-' before"
                            + " it for descending order");
        }
    }

    @Test
    @Tag("LST6")
    @DisplayName("[LST6] a position belongs to its order: with another one it is refused")
    void positions() {
        Optional<ListSort> byEffort = query(Map.of("sort", "effort")).sort();
        String position = new ListPosition(List.of(2, "e1")).text(errands, byEffort);
        assertThat(query(Map.of("sort", "effort", "after", position)).after())
                .contains(new ListPosition(List.of(2, "e1")));
        for (String sort : List.of("-effort", "createdAt")) {
            assertInvalid(
                    () -> query(Map.of("sort", sort, "after", position)), "after", "is not a position in this list");
        }
        assertInvalid(() -> query(Map.of("after", position)), "after", "is not a position in this list");
    }

    @Test
    @Tag("CFS13")
    @DisplayName("[CFS13] a page has 1 to 1,000 rows; without a limit one page has all rows")
    void limits() {
        assertThat(ListParameters.limit(Map.of())).isEqualTo(Integer.MAX_VALUE);
        assertThat(ListParameters.limit(Map.of("limit", "1"))).isEqualTo(1);
        assertThat(ListParameters.limit(Map.of("limit", "1000"))).isEqualTo(1000);
        for (String limit : List.of("0", "-1", "1001", "", " 1", "1.0", "1e3", "0x1", "x", "99999999999999999999")) {
            assertInvalid(
                    () -> ListParameters.limit(Map.of("limit", limit)),
                    "limit",
                    "expected a whole number from 1 to 1000");
        }
    }

    @Test
    @Tag("CFS14")
    @DisplayName("[CFS14] a cursor is a position of the log")
    void cursors() {
        assertThat(ListParameters.cursor(Map.of())).isEmpty();
        assertThat(ListParameters.cursor(Map.of("cursor", "0"))).hasValue(0);
        assertThat(ListParameters.cursor(Map.of("cursor", "9223372036854775807")))
                .hasValue(Long.MAX_VALUE);
        for (String cursor : List.of("-1", "", "9223372036854775808", "1.5", "x")) {
            assertInvalid(
                    () -> ListParameters.cursor(Map.of("cursor", cursor)),
                    "cursor",
                    "expected a whole number from 0 to 9223372036854775807");
        }
    }
}
