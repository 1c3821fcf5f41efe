package dev.lockstep.wire.strata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.api.Change;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.Operation;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.wire.json.PlainJson;
import dev.lockstep.wire.strata.StrataChanges.InvalidChange;
import dev.lockstep.wire.strata.request.StrataRequests.Transaction;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrataChangesTest {
    private static final EntityId ROW = new EntityId("m-1");

    private static Transaction transaction(String model, Operation action, String payload) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (PlainJson.parse(payload) instanceof Map<?, ?> members) {
            members.forEach((key, value) -> fields.put((String) key, value));
        }
        return new Transaction(action, "c", "t", "m-1", model, fields);
    }

    private static Change change(String model, Operation action, String payload) throws InvalidChange {
        CollectionModel collection = ModelFixture.named(model);
        return StrataChanges.change(collection, transaction(model, action, payload), ROW, Optional.empty());
    }

    @Test
    @Tag("STR15")
    @DisplayName("[STR15] dates and times come as milliseconds; in a new row, null counts as missing")
    void values() throws InvalidChange {
        assertThat(change(
                        "Task",
                        Operation.INSERT,
                        "{\"title\":null,\"createdAt\":1767225600123,\"dueOn\":1767225600000,\"unknown\":1.5}"))
                .isEqualTo(new Change.Insert(
                        new CollectionName("Task"),
                        ROW,
                        Map.of(
                                "createdAt",
                                1_767_225_600_123L,
                                "dueOn",
                                "2026-01-01",
                                "unknown",
                                new BigDecimal("1.5"))));
        Map<String, Object> cleared = new LinkedHashMap<>();
        cleared.put("dueOn", null);
        cleared.put("completedAt", -1L);
        assertThat(change("Task", Operation.UPDATE, "{\"dueOn\":null,\"completedAt\":-1.9}"))
                .isEqualTo(new Change.Update(new CollectionName("Task"), ROW, cleared));
        assertThat(change("Task", Operation.ARCHIVE, "{\"archivedAt\":1767240000000}"))
                .isEqualTo(new Change.Archive(new CollectionName("Task"), ROW, Instant.parse("2026-01-01T04:00:00Z")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INSERT|{'createdAt':'2026-01-01T00:00:00Z'}|Invalid instant value for createdAt",
                "INSERT|{'dueOn':1767225600001}|Invalid dateOnly value for dueOn",
                "UPDATE|{'dueOn':'2026-01-01'}|Invalid dateOnly value for dueOn",
                "UPDATE|{'dueOn':true}|Invalid dateOnly value for dueOn",
                "UPDATE|{'completedAt':1e999}|Invalid instant value for completedAt",
                "UPDATE|{'completedAt':{}}|Invalid instant value for completedAt",
                "ARCHIVE|{}|archivedAt is required",
                "ARCHIVE|{'archivedAt':null}|archivedAt is required",
                "ARCHIVE|{'archivedAt':'x'}|Invalid instant value for archivedAt"
            })
    @Tag("STR15")
    @DisplayName("[STR15] other values for dates and times are refused by name")
    void invalid(Operation action, String payload, String message) {
        assertThatThrownBy(() -> change("Task", action, payload.replace('\'', '"')))
                .hasMessage(message);
    }

    @Test
    @Tag("COL28")
    @Tag("CW3")
    @DisplayName("[COL28][CW3] a client's version in an update is ignored: the last writer wins")
    void versions() throws InvalidChange {
        Change.Update expected = new Change.Update(new CollectionName("Note"), ROW, Map.of("title", "t"));
        for (String version : new String[] {"1", "99", "null", "\"x\""}) {
            assertThat(change("Note", Operation.UPDATE, "{\"title\":\"t\",\"version\":" + version + "}"))
                    .isEqualTo(expected);
        }
    }

    @Test
    @Tag("STR15")
    @DisplayName("[STR15] a value for a field that clients may not write is ignored")
    void ignored() throws InvalidChange {
        assertThat(change("Task", Operation.UPDATE, "{\"createdAt\":\"x\"}"))
                .isEqualTo(new Change.Update(new CollectionName("Task"), ROW, Map.of("createdAt", "x")));
    }

    @Test
    @Tag("STR15")
    @DisplayName("[STR15] an operation that a collection does not have is refused by its letter")
    void unsupported() {
        assertThatThrownBy(() -> change("Comment", Operation.ARCHIVE, "{\"archivedAt\":1}"))
                .hasMessage("Unsupported action \"A\" for this model");
        assertThatThrownBy(() -> change("TaskLabel", Operation.UNARCHIVE, "{}"))
                .hasMessage("Unsupported action \"V\" for this model");
        assertThatThrownBy(() -> change("TaskLabel", Operation.UPDATE, "{}"))
                .hasMessage("Unsupported action \"U\" for this model");
    }

    @Test
    @Tag("STR15")
    @DisplayName("[STR15] the composite key determines the row, whatever id the client generated")
    void composite() throws InvalidChange {
        String key = "{\"taskId\":\"604caed6-97b7-414d-aedd-288bf398fb61\","
                + "\"labelId\":\"0b5b0c39-6aed-46d4-9fc5-e85ccf8eed89\"}";

        assertThat(StrataChanges.row(ModelFixture.named("TaskLabel"), transaction("TaskLabel", Operation.DELETE, key)))
                .isEqualTo(new EntityId("6ec0488f-0433-5b59-87f5-c77341151bbf"));
        assertThat(StrataChanges.row(ModelFixture.named("TaskLabel"), transaction("TaskLabel", Operation.DELETE, "{}")))
                .isEqualTo(ROW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\u0000", "\\udfff\\ud800"})
    @Tag("STR27")
    @Tag("CS6")
    @DisplayName("[STR27][CS6] an unstorable part of a composite key is refused by name: two keys would be one row")
    void unstorableKey(String part) {
        String key = "{\"taskId\":\"x" + part + "\",\"labelId\":\"0b5b0c39-6aed-46d4-9fc5-e85ccf8eed89\"}";

        assertThatThrownBy(() -> StrataChanges.row(
                        ModelFixture.named("TaskLabel"), transaction("TaskLabel", Operation.DELETE, key)))
                .hasMessage("taskId: holds a NUL or half a surrogate pair");
    }
}
