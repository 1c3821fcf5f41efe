package dev.lockstep.collection.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.Refusal.Issue;
import dev.lockstep.api.Row;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.InvalidFields;
import dev.lockstep.collection.value.RowValues;
import dev.lockstep.database.TestDatabase;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FilterReaderTest {
    private static final CollectionName TICKETS = new CollectionName("tickets");

    private final CollectionModel tickets =
            TestDatabase.collections().find("workshop", TICKETS).orElseThrow();

    private static @Nullable Object json(String text) {
        return RowValues.of(row("{\"it\":" + text.replace('\'', '"') + "}")).get("it");
    }

    private static Row row(String json) {
        return new Row(TICKETS, new EntityId("any"), json.replace('\'', '"'));
    }

    private RowFilter read(String filter) {
        try {
            return FilterReader.read(tickets, json(filter), "filter");
        } catch (InvalidFields invalid) {
            throw new AssertionError(filter, invalid);
        }
    }

    private void assertPasses(String filter, String row) {
        assertThat(read(filter).test(row(row))).as(filter + " of " + row).isTrue();
    }

    private void assertStops(String filter, String row) {
        assertThat(read(filter).test(row(row))).as(filter + " of " + row).isFalse();
    }

    private void assertInvalid(@Nullable Object json, Issue... issues) {
        assertThatThrownBy(() -> FilterReader.read(tickets, json, "filter"))
                .isInstanceOfSatisfying(
                        InvalidFields.class,
                        invalid -> assertThat(invalid.issues()).containsExactly(issues));
    }

    private void assertInvalid(String json, String path, String message) {
        assertInvalid(json(json), new Issue(path, message));
    }

    @Test
    @Tag("LST2")
    @DisplayName("[LST2] a value, a list of values and null are equality")
    void equality() {
        assertPasses("{'status':'OPEN'}", "{'status':'OPEN'}");
        assertStops("{'status':'OPEN'}", "{'status':'DONE'}");
        assertStops("{'status':'OPEN'}", "{'status':null}");
        assertPasses("{'status':['OPEN','DONE']}", "{'status':'DONE'}");
        assertStops("{'status':['OPEN','DONE']}", "{'status':'REFUSED'}");
        assertPasses("{'status':['OPEN',null]}", "{'status':null}");
        assertPasses("{'status':null}", "{'status':null}");
        assertStops("{'status':null}", "{'status':'OPEN'}");
        assertPasses("{'status':{'null':false}}", "{'status':'OPEN'}");
        assertPasses("{'status':{'eq':'OPEN'},'open':true}", "{'status':'OPEN','open':true}");
        assertPasses("{'status':{'in':['OPEN']}}", "{'status':'OPEN'}");
        assertPasses("{}", "{'status':'OPEN'}");
    }

    @Test
    @Tag("LST2")
    @DisplayName("[LST2] all conditions count, and ranges include or exclude their bounds; no value is in no range")
    void ranges() {
        String between = "{'effort':{'gte':2,'lt':5},'open':true}";
        assertPasses(between, "{'effort':2,'open':true}");
        assertStops(between, "{'effort':5,'open':true}");
        assertStops(between, "{'effort':1,'open':true}");
        assertStops(between, "{'effort':2,'open':false}");
        assertPasses("{'effort':{'gt':2,'lte':5}}", "{'effort':5}");
        assertStops("{'effort':{'gt':2,'lte':5}}", "{'effort':2}");
        assertStops("{'dueDay':{'lt':'2026-12-01'}}", "{'dueDay':null}");
        assertPasses("{'dueDay':{'lt':'2026-12-01'}}", "{'dueDay':'2026-11-30'}");
    }

    @Test
    @Tag("LST2")
    @DisplayName("[LST2] values compare as numbers and points in time, not as texts")
    void values() {
        assertPasses("{'price':1.50}", "{'price':1.5}");
        assertPasses("{'price':{'gt':9}}", "{'price':10.125}");
        assertPasses("{'position':{'gt':'9007199254740992'}}", "{'position':'9007199254740993'}");
        assertPasses("{'dueAt':'2026-11-30T10:00:00+02:00'}", "{'dueAt':'2026-11-30T08:00:00.000Z'}");
        assertPasses("{'seenAt':{'gte':'2026-11-30T10:00:00+02:00'}}", "{'seenAt':'2026-11-30T08:00:00.000Z'}");
        assertPasses("{'weight':0.1}", "{'weight':0.1}");
    }

    @Test
    @Tag("LST3")
    @DisplayName("[LST3] a field that is not declared is refused with the declared ones, whether it exists or not")
    void undeclared() {
        String choice = "lists of 'tickets' cannot be filtered by this field; choose from [createdAt, status, effort,"
                + " dueAt, assignee, price, dueDay, open, tag, weight, seenAt, position]";
        for (String field : List.of("title", "nothing", "", "project", "deletedAt")) {
            assertThatThrownBy(() -> FilterReader.read(tickets, Map.of(field, "x"), "filter"))
                    .isInstanceOfSatisfying(InvalidFields.class, invalid -> {
                        assertThat(invalid.issues()).hasSize(1);
                        assertThat(invalid.issues().getFirst().path()).isEqualTo("filter." + field);
                        assertThat(invalid.issues().getFirst().message().split("[\\[\\], ]+"))
                                .containsExactlyInAnyOrder(choice.split("[\\[\\], ]+"));
                    });
        }
    }

    @Test
    @Tag("LST3")
    @DisplayName("[LST3] each unusable condition is refused by its path")
    void unusable() {
        assertInvalid("{'effort':'2'}", "filter.effort", "expected integer, received string");
        assertInvalid("{'status':'open'}", "filter.status", "expected one of [OPEN, DONE, REFUSED]");
        assertInvalid(
                "{'status':{'gt':'OPEN'}}",
                "filter.status.gt",
                "is not an operator of this field; choose from [eq, in, null]");
        assertInvalid(
                "{'effort':{'like':2}}",
                "filter.effort.like",
                "is not an operator of this field; choose from [eq, in, gt, gte, lt, lte, null]");
        assertInvalid("{'effort':{'gt':null}}", "filter.effort.gt", "expected a value, received null");
        assertInvalid("{'effort':{'in':2}}", "filter.effort.in", "expected a list of values");
        assertInvalid("{'effort':{'eq':[2]}}", "filter.effort.eq", "expected one value");
        assertInvalid("{'effort':{'null':1}}", "filter.effort.null", "expected true or false");
        assertInvalid("{'effort':[]}", "filter.effort", "expected 1 to 100 values, received 0");
        assertInvalid(
                "{'effort':{}}",
                "filter.effort",
                "expected a value, a list of values or an object of operators: [eq, in, gt, gte, lt, lte, null]");
        assertInvalid(
                "{'dueAt':'2026-11-30T08:00:00.000001Z'}",
                "filter.dueAt",
                "has more than three digits after the second's point, which no row shows");
        assertInvalid("[]", "filter", "expected an object with a condition for each field");
        assertInvalid(
                json("{'effort':'2','open':1}"),
                new Issue("filter.effort", "expected integer, received string"),
                new Issue("filter.open", "expected boolean, received number"));
    }

    @Test
    @Tag("LST3")
    @DisplayName("[LST3] the number of fields and of values in a list is bounded")
    void bounded() {
        assertInvalid(
                Map.of("effort", Collections.nCopies(101, 1L)),
                new Issue("filter.effort", "expected 1 to 100 values, received 101"));
        Map<String, Object> many = new HashMap<>();
        for (int i = 0; i < 11; i++) {
            many.put("field" + i, 1L);
        }
        assertInvalid(many, new Issue("filter", "has conditions on 11 fields: at most 10"));
    }

    @Test
    @Tag("LST2")
    @DisplayName("[LST2] equal filters are equal, so that their readers share what is read")
    void equal() {
        String filter = "{'effort':{'gte':2},'status':['OPEN',null],'price':1}";
        assertThat(read(filter)).isEqualTo(read(filter)).hasSameHashCodeAs(read(filter));
        assertThat(read(filter)).isNotEqualTo(read("{'effort':{'gt':2},'status':['OPEN',null],'price':1}"));
    }
}
