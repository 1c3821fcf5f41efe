package dev.lockstep.wire.cfsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.Row;
import dev.lockstep.api.SyncException;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.wire.cfsync.model.Errand;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SocketFiltersTest {
    private static final CollectionName ERRANDS = new CollectionName("errands");

    private final List<CollectionModel> models = new CollectionRegistry(List.of(Errand.class)).of("errands");

    private void assertInvalid(String message, String... values) {
        assertThatThrownBy(() -> SocketFilters.read(models, List.of(values)))
                .isInstanceOfSatisfying(
                        SyncException.class,
                        refused -> assertThat(refused.refusal().message()).isEqualTo(message));
    }

    @Test
    @Tag("LST11")
    @DisplayName("[LST11] a socket's filter is an object with a filter for each collection")
    void filters() {
        assertThat(SocketFilters.read(models, List.of())).isEmpty();
        assertThat(SocketFilters.read(models, List.of("{}"))).isEmpty();
        assertThat(SocketFilters.read(models, List.of("{\"errands\":{}}"))).isEmpty();
        assertThat(SocketFilters.read(models, List.of("{\"errands\":{\"effort\":2}}")))
                .containsOnlyKeys(ERRANDS)
                .allSatisfy((name, filter) -> {
                    assertThat(filter.test(new Row(ERRANDS, new EntityId("a"), "{\"effort\":2}")))
                            .isTrue();
                    assertThat(filter.test(new Row(ERRANDS, new EntityId("a"), "{\"effort\":3}")))
                            .isFalse();
                });
    }

    @Test
    @Tag("LST11")
    @DisplayName("[LST11] unusable filters of a socket are refused")
    void unusable() {
        assertInvalid("filter: is not JSON", "errands");
        assertInvalid("filter: expected one object with a filter for each collection", "[]");
        assertInvalid("filter: expected one object with a filter for each collection", "{}", "{}");
        assertInvalid("filter.tasks: is not a collection of the application", "{\"tasks\":{}}");
        assertInvalid("filter.errands: expected an object with a condition for each field", "{\"errands\":[]}");
        assertInvalid(
                "filter.errands.title: lists of 'errands' cannot be filtered by this field; choose from [effort]",
                "{\"errands\":{\"title\":1}}");
    }
}
