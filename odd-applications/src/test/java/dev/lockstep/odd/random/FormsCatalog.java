package dev.lockstep.odd.random;

import dev.lockstep.odd.forms.Book;
import dev.lockstep.odd.forms.Cabin;
import dev.lockstep.odd.forms.Cover;
import dev.lockstep.odd.forms.Folio;
import dev.lockstep.odd.forms.Leaf;
import dev.lockstep.odd.forms.Pass;
import dev.lockstep.odd.forms.Place;
import dev.lockstep.odd.forms.Resident;
import dev.lockstep.odd.forms.Route;
import dev.lockstep.odd.forms.Seal;
import dev.lockstep.odd.forms.Ship;
import dev.lockstep.odd.forms.Signal;
import dev.lockstep.odd.forms.Strip;
import dev.lockstep.odd.forms.Ticket;
import dev.lockstep.odd.forms.Vehicle;
import dev.lockstep.odd.random.OddCollection.Trait;
import dev.lockstep.odd.random.OddField.Option;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The collections of the application {@code odd-forms}. */
final class FormsCatalog {
    private static final JsonValue NO_TEXT = Json.createValue("");

    /** A row names its class. */
    private static final Rules OF_A_CLASS = new Rules(Optional.empty(), Set.of("type"), Map.of(), Map.of(), List.of());

    private static final OddField TITLE = OddField.sent("title", "title", Kinds.text(30));

    private static final List<String> STAGES = List.of(
            "[{\"town\":\"b\",\"days\":1},{\"town\":\"a\",\"days\":1},{\"town\":\"b\",\"days\":1}]",
            "[]",
            "[{\"town\":\"c\"},{\"days\":3},{\"town\":null,\"days\":3},{\"town\":\"a\",\"days\":3}]");

    private static final List<String> ODD_STAGES = List.of(
            "[null]",
            "[{}]",
            "[{\"town\":null}]",
            "[{\"town\":1}]",
            "[{\"days\":1.5}]",
            "[{\"town\":\"" + "x".repeat(21) + "\"}]",
            "[{\"town\":\"A\"},{\"town\":\"a\"},{\"town\":\"\u00e4\"},{\"town\":\"\"},{\"town\":\"Z\"}]",
            "[[]]");

    static final List<OddCollection> FORMS = List.of(
            OddCollection.of(
                    Resident.class,
                    Catalog.IN_STRATA,
                    Catalog.ID,
                    Catalog.ROOM,
                    dwelling("home", "", Kinds.text(20), Kinds.text(5)),
                    dwelling(
                            "work",
                            "work_",
                            Kinds.text(20).storedOtherwise(),
                            Kinds.text(5).storedOtherwise()),
                    OddField.object(
                            "name",
                            List.of(
                                    "{\"last\":\"a\",\"first\":\"b\",\"grade\":\"FINE\"}",
                                    "{\"grade\":\"POOR\"}",
                                    "{\"last\":\"c\",\"grade\":null}"),
                            List.of("{\"grade\":\"F\"}", "{\"last\":1}", "{\"first\":\"\"}", "{\"last\":\"\u00df\"}"),
                            OddField.sent("last", "last", Kinds.text(20).storedOtherwise()),
                            OddField.sent("first", "first", Kinds.text(20)),
                            OddField.sent("grade", "grade", Forms.letter("FINE", "GOOD", "POOR")))),
            OddCollection.of(
                    Signal.class,
                    Catalog.IN_STRATA,
                    Catalog.ID,
                    Catalog.ROOM,
                    OddField.sent("marked", "marked", Forms.date()),
                    OddField.sent("called", "called", Forms.date()),
                    OddField.sent("meets", "meets", Kinds.moment()),
                    OddField.sent("departs", "departs", Kinds.moment()),
                    OddField.sent(
                            "letter",
                            "letter",
                            Forms.coded(
                                    List.of("\"x\"", "\"y\""), List.of("\"\"", "\"xy\"", "\"\u00e9\"", "\"\\u0000\""))),
                    OddField.sent("grade", "grade", Forms.letter("FINE", "GOOD", "POOR")),
                    OddField.sent("serial", "serial_number", Forms.numberAsText())),
            OddCollection.of(
                    Leaf.class,
                    Catalog.IN_STRATA,
                    Catalog.ID,
                    Catalog.ROOM,
                    OddField.sent(
                            "box",
                            "box",
                            Forms.objects(
                                    Map.of("width", Json.createValue(0), "colour", JsonValue.NULL),
                                    List.of("{\"width\":1,\"colour\":\"red\"}", "{\"colour\":\"blue\",\"width\":2}"),
                                    List.of(
                                            "{\"width\":3}",
                                            "{\"colour\":\"red\"}",
                                            "{}",
                                            "{\"width\":null}",
                                            "{\"width\":1.5}",
                                            "{\"width\":1,\"colour\":7}",
                                            "{\"width\":1,\"colour\":\"\\u0000\"}",
                                            "{\"height\":1}"))),
                    OddField.sent(
                            "features",
                            "features",
                            Forms.setOf(
                                    Kinds.text(20),
                                    List.of("[\"b\",\"a\",\"b\"]", "[]", "[\"\u20ac\"]"),
                                    List.of("[null]", "[1]", "[\"a\\u0000b\"]", "[\"\\ud800\"]", "[[]]", "{}"))),
                    OddField.sent(
                            "tree",
                            "tree",
                            Forms.json(
                                    List.of(
                                            "{\"b\":[1,{\"c\":true}],\"a\":0.5}",
                                            "[1,\"x\",null]",
                                            "\"x\"",
                                            "7",
                                            "false"),
                                    List.of(
                                            "{}",
                                            "[]",
                                            "\"\"",
                                            "{\"a\":1e2}",
                                            "{\"a\":9007199254740993}",
                                            "{\"a\":123456789012345678901234567890}",
                                            "{\"a\":0.30000000000000004}",
                                            "{\"a\":1.10}",
                                            "{\"a\":\"\\u0000\"}",
                                            "{\"a\":1e999}"))),
                    OddField.sent(
                            "moods",
                            "moods",
                            Forms.array(
                                    List.of("[\"WILD\",\"CALM\",\"WILD\"]", "[]"),
                                    List.of("[\"NONE\"]", "[0]", "[null]", "{}"))),
                    OddField.sent(
                            "marks",
                            "marks",
                            Forms.sorted(
                                    true,
                                    List.of("[\"WILD\",\"CALM\",\"WILD\"]", "[]"),
                                    List.of("[\"NONE\"]", "[0]", "[null]")))),
            OddCollection.of(
                            Strip.class,
                            Catalog.IN_STRATA,
                            Catalog.ID,
                            Catalog.ROOM,
                            OddField.sent(
                                    "sizes",
                                    "sizes",
                                    Forms.setOf(
                                            Kinds.integer(),
                                            List.of("[3,1,3]", "[]", "[-10,9,2]"),
                                            List.of("[1.5]", "[\"1\"]", "[2147483648]", "[1.0]", "[null]"))),
                            OddField.sent(
                                    "tags",
                                    "tags",
                                    Forms.setOf(
                                            Kinds.text(20),
                                            List.of("[\"b\",\"a\",\"b\"]", "[]", "[\"{,}\",\"\",\"NULL\"]"),
                                            List.of("[null]", "[1]", "[\"" + "x".repeat(21) + "\"]", "[\"\\u0000\"]"))),
                            OddField.sent(
                                    "keys",
                                    "key_list",
                                    Forms.arrayOf(
                                            Kinds.uuid(),
                                            List.of(
                                                    "[\"0b5b0c39-6aed-46d4-9fc5-e85ccf8eed89\",\"0b5b0c39-6aed-46d4-9fc5-e85ccf8eed88\"]",
                                                    "[]"),
                                            List.of(
                                                    "[\"0B5B0C39-6AED-46D4-9FC5-E85CCF8EED89\"]",
                                                    "[\"1\"]",
                                                    "[null]"))),
                            OddField.sent(
                                    "moods",
                                    "moods",
                                    Forms.arrayOf(
                                            Kinds.place("CALM", "ODD", "WILD"),
                                            List.of("[\"WILD\",\"CALM\",\"WILD\"]", "[]"),
                                            List.of("[\"NONE\"]", "[0]", "[null]"))),
                            OddField.sent(
                                    "days",
                                    "days",
                                    Forms.arrayOf(
                                            Kinds.day(),
                                            List.of("[\"2026-11-29\",\"2026-03-29\"]", "[]"),
                                            List.of(
                                                    "[\"1893-04-01\"]",
                                                    "[\"1582-10-10\"]",
                                                    "[\"0001-01-01\",\"9999-12-31\"]",
                                                    "[\"2023-02-29\"]"))),
                            OddField.sent(
                                    "counts",
                                    "counts",
                                    Forms.arrayOf(
                                            Kinds.integer(),
                                            List.of("[3,1,3]", "[]"),
                                            List.of(
                                                    "[9223372036854775807,-9223372036854775808]",
                                                    "[9223372036854775808]",
                                                    "[1.5]",
                                                    "[null]"))))
                    .readBy("select id, room, sizes, tags, key_list, moods, cast(days as varchar(20) array) as days,"
                            + " counts from odd_strips"),
            OddCollection.of(
                    Route.class,
                    Catalog.IN_STRATA,
                    Catalog.ID,
                    Catalog.ROOM,
                    stages("stages", UnaryOperator.identity(), Option.ITEMS, Option.ORDERED),
                    stages("stops", items -> items.sorted(FormsCatalog::byDaysAndTown), Option.ITEMS),
                    stages("halts", items -> items.distinct().sorted(FormsCatalog::byText), Option.ITEMS),
                    OddField.sent(
                            "tags",
                            "odd_route_tags",
                            Forms.setOf(
                                    Kinds.text(20),
                                    List.of("[\"b\",\"a\",\"b\"]", "[]", "[\"Z\",\"a\",\"\u00e4\"]"),
                                    List.of("[null]", "[1]", "[\"\"]", "[\"" + "x".repeat(21) + "\"]")),
                            Option.ITEMS),
                    OddField.sent(
                            "grades",
                            "odd_route_grades",
                            Forms.setOf(
                                    Forms.letter("FINE", "GOOD", "POOR"),
                                    List.of("[\"POOR\",\"FINE\"]", "[]", "[\"GOOD\",\"GOOD\"]"),
                                    List.of("[\"F\"]", "[0]", "[null]")),
                            Option.ITEMS),
                    OddField.sent(
                            "dates",
                            "odd_route_dates",
                            Forms.sorted(
                                    false,
                                    List.of("[\"2026-11-29\",\"2026-03-29\",\"2026-11-29\"]", "[]"),
                                    List.of("[\"1582-10-10\"]", "[\"0001-01-01\"]", "[\"2023-02-29\"]", "[null]")),
                            Option.ITEMS)),
            OddCollection.of(
                            Pass.class,
                            Catalog.IN_STRATA,
                            Catalog.ID,
                            Catalog.ROOM,
                            OddField.sent(
                                    "number",
                                    "pass_number",
                                    Kinds.text(10).of("\"a\"", "\"b\"", "\"c\"", "\"d\"", "\"e\"", "\"f\"")),
                            TITLE)
                    .ruledBy(
                            new Rules(Optional.of("number"), Set.of(), Map.of("number", NO_TEXT), Map.of(), List.of())),
            OddCollection.of(
                            Seal.class,
                            Catalog.IN_STRATA,
                            Catalog.ID,
                            Catalog.ROOM,
                            OddField.relation("pass", "pass_id", "passes"),
                            TITLE)
                    .ruledBy(new Rules(Optional.of("pass"), Set.of(), Map.of(), Map.of(), List.of())),
            OddCollection.of(
                            Book.class,
                            Catalog.IN_STRATA,
                            Catalog.ID,
                            Catalog.ROOM,
                            TITLE,
                            OddField.sent("summary", "summary", Kinds.text(30)),
                            OddField.sent("pages", "pages", Kinds.integer()))
                    .readBy("select id, room, title, summary, pages from odd_books"
                            + " left join odd_book_details on book = id"),
            OddCollection.of(
                            Vehicle.class,
                            Catalog.IN_STRATA,
                            Catalog.ID,
                            Catalog.ROOM,
                            OddField.sent("type", "type", Kinds.constant("OddBoat", "OddCar"), Option.ON_INSERT),
                            TITLE,
                            ofSome("doors", Kinds.integer()),
                            ofSome("plate", Kinds.text(9)),
                            ofSome("sails", Kinds.flag()),
                            ofSome("draft", Kinds.real()))
                    .readBy(
                            "select v.id, room, title, doors, plate, sails, draft, case when c.id is not null and b.id is"
                                    + " null then 'OddCar' when c.id is null and b.id is not null then 'OddBoat' end as type"
                                    + " from odd_vehicles v left join odd_cars c on c.id = v.id"
                                    + " left join odd_boats b on b.id = v.id")
                    .ruledBy(OF_A_CLASS),
            OddCollection.of(
                            Place.class,
                            Catalog.IN_STRATA,
                            Catalog.ID,
                            Catalog.ROOM,
                            OddField.sent("type", "type", Kinds.constant("OddGarage", "OddStop"), Option.ON_INSERT),
                            TITLE,
                            ofSome("line", Kinds.integer()),
                            ofSome("roofed", Kinds.flag()),
                            ofSome("heated", Kinds.flag()),
                            ofSome("spots", Kinds.integer()))
                    .readBy("select id, room, title, line, roofed, cast(null as boolean) as heated,"
                            + " cast(null as integer) as spots, 'OddStop' as type from odd_stops union all"
                            + " select id, room, title, null, null, heated, spots, 'OddGarage' from odd_garages")
                    .ruledBy(OF_A_CLASS),
            OddCollection.of(
                    Folio.class,
                    Set.of(Trait.CLIENT_IDS, Trait.UUID_IDS, Trait.SPEAKS_STRATA),
                    Catalog.ID,
                    Catalog.ROOM,
                    TITLE,
                    OddField.sent("scan", "scan", Forms.bytes())),
            OddCollection.of(
                            Ticket.class,
                            Set.of(Trait.CLIENT_IDS, Trait.NUMBER_IDS, Trait.SPEAKS_STRATA),
                            Catalog.ID,
                            Catalog.ROOM,
                            OddField.sent(
                                    "code",
                                    "code",
                                    Kinds.text(10).of("\"a\"", "\"b\"", "\"c\"", "\"d\"", "null"),
                                    Option.ON_INSERT),
                            TITLE)
                    .ruledBy(new Rules(Optional.of("code"), Set.of(), Map.of(), Map.of(), List.of())),
            OddCollection.of(Ship.class, Set.of(Trait.CLIENT_IDS, Trait.ROOM_IS_ID), Catalog.ID, TITLE),
            OddCollection.of(
                    Cabin.class, Catalog.IN_STRATA, Catalog.ID, OddField.known("room", "room", "ships"), TITLE),
            OddCollection.of(
                    Cover.class,
                    Catalog.IN_STRATA,
                    Catalog.ID,
                    Catalog.ROOM,
                    OddField.known("book", "id", "books", Option.IS_ID),
                    TITLE));

    private FormsCatalog() {}

    private static OddField dwelling(String name, String prefix, Kind street, Kind code) {
        return OddField.object(
                name,
                List.of(
                        "{\"street\":\"a\",\"zip\":{\"code\":\"b\",\"plus\":1}}",
                        "{\"zip\":{\"plus\":2}}",
                        "{\"street\":\"c\"}",
                        "{\"zip\":{\"code\":null}}",
                        "{\"zip\":null}",
                        "null"),
                List.of(
                        "{}",
                        "{\"zip\":{}}",
                        "{\"street\":null,\"zip\":null}",
                        "{\"zip\":7}",
                        "{\"zip\":{\"code\":\"123456\"}}",
                        "{\"zip\":{\"plus\":\"1\"}}",
                        "{\"zip\":{\"code\":\"\u00df\u00df\u00df\u00df\u00df\"}}", // ten characters in upper case
                        "{\"zip\":{\"town\":\"c\"}}",
                        "{\"street\":\"" + "x".repeat(21) + "\"}"),
                OddField.sent("street", prefix + "street", street),
                OddField.object(
                        "zip",
                        List.of(),
                        List.of(),
                        OddField.sent("code", prefix + "code", code),
                        OddField.sent("plus", prefix + "plus", Kinds.integer())));
    }

    private static OddField stages(String name, UnaryOperator<Stream<JsonObject>> order, Option... options) {
        return OddField.items(
                name,
                "odd_route_" + name,
                Forms.items(List.of("town", "days"), order, STAGES, ODD_STAGES),
                Set.of(options),
                OddField.sent("town", "town", Kinds.text(20)),
                OddField.sent("days", "days", Kinds.integer(), Option.NUMBERS));
    }

    private static OddField ofSome(String name, Kind kind) {
        return OddField.sent(name, name, kind, Option.OF_SOME_CLASSES);
    }

    /** The order of {@code "days desc, town"}: null is the greatest value, as in PostgreSQL. */
    private static int byDaysAndTown(JsonObject one, JsonObject other) {
        Comparator<JsonObject> byDays = Comparator.comparing(
                stage -> stage.get("days") instanceof JsonNumber days ? days.longValue() : Long.MAX_VALUE);
        Comparator<JsonObject> byTown = Comparator.comparing(
                stage -> stage.get("town") instanceof JsonString town ? town.getString() : "\uffff");
        return byDays.reversed().thenComparing(byTown).compare(one, other);
    }

    /** Some order: the items of a set are compared whatever their order. */
    private static int byText(JsonObject one, JsonObject other) {
        return one.toString().compareTo(other.toString());
    }
}
