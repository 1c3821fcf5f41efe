package dev.lockstep.odd.random;

import dev.lockstep.odd.constraints.Document;
import dev.lockstep.odd.constraints.Folder;
import dev.lockstep.odd.constraints.Memo;
import dev.lockstep.odd.constraints.Node;
import dev.lockstep.odd.constraints.Seat;
import dev.lockstep.odd.constraints.Slot;
import dev.lockstep.odd.ids.Badge;
import dev.lockstep.odd.ids.Crate;
import dev.lockstep.odd.ids.Ledger;
import dev.lockstep.odd.ids.Parcel;
import dev.lockstep.odd.ids.Stamp;
import dev.lockstep.odd.ids.Tag;
import dev.lockstep.odd.ids.Voucher;
import dev.lockstep.odd.random.OddCollection.Trait;
import dev.lockstep.odd.random.OddField.Option;
import dev.lockstep.odd.rooms.Board;
import dev.lockstep.odd.rooms.Card;
import dev.lockstep.odd.rooms.Cat;
import dev.lockstep.odd.rooms.Letter;
import dev.lockstep.odd.rooms.Link;
import dev.lockstep.odd.shapes.Cell;
import dev.lockstep.odd.shapes.Delivery;
import dev.lockstep.odd.shapes.Figure;
import dev.lockstep.odd.shapes.Gauge;
import dev.lockstep.odd.shapes.Reading;
import dev.lockstep.odd.shapes.Sheet;
import dev.lockstep.odd.shapes.Span;
import dev.lockstep.odd.shapes.Tour;
import dev.lockstep.odd.stored.Computed;
import dev.lockstep.odd.stored.Padded;
import dev.lockstep.odd.stored.Restricted;
import dev.lockstep.odd.stored.Rounded;
import dev.lockstep.odd.stored.Shouted;
import dev.lockstep.odd.stored.Versioned;
import dev.lockstep.odd.values.Occasion;
import dev.lockstep.odd.values.Quantity;
import dev.lockstep.odd.values.Text;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** All collections of all applications. The entities declare the same to the server. */
public final class Catalog {
    static final OddField ID = OddField.given("id", "id", Kinds.text(255));
    static final OddField ROOM = OddField.given("room", "room", Kinds.text(255));
    private static final OddField CREATED =
            OddField.given("createdAt", "created_at", Kinds.moment()).as(Option.MILLIS);
    private static final OddField UPDATED =
            OddField.given("updatedAt", "updated_at", Kinds.moment()).as(Option.MILLIS);
    private static final Kind POSITION = Kinds.integer().of("1", "2", "3", "4", "5", "6", "-999", "-1000");
    private static final JsonValue ZERO = Json.createValue(0);
    private static final JsonValue EMPTY = Json.createValue("");
    private static final Set<Trait> PLAIN = Set.of(Trait.CLIENT_IDS);
    static final Set<Trait> IN_STRATA = Set.of(Trait.CLIENT_IDS, Trait.SPEAKS_STRATA);

    private static final List<OddCollection> CONSTRAINTS = List.of(
            OddCollection.of(
                            Slot.class,
                            PLAIN,
                            ID,
                            ROOM,
                            OddField.sent("position", "pos", POSITION),
                            OddField.sent("name", "name", Kinds.text(20)))
                    .ruledBy(new Rules(
                            Optional.of("position"),
                            Set.of(),
                            Map.of("position", ZERO),
                            Map.of("position", -999),
                            List.of())),
            OddCollection.of(
                            Seat.class,
                            PLAIN,
                            ID,
                            ROOM,
                            OddField.sent("position", "pos", POSITION),
                            OddField.reference("slotId", "slot_id", "slots"))
                    .ruledBy(new Rules(
                            Optional.of("position"), Set.of(), Map.of("position", ZERO), Map.of(), List.of())),
            OddCollection.of(
                            Memo.class,
                            Set.of(Trait.CLIENT_IDS, Trait.SOFT_DELETE),
                            ID,
                            ROOM,
                            OddField.sent("code", "code", Kinds.text(30).of("\"a\"", "\"b\"", "\"c\"", "\"d\"")),
                            OddField.sent("words", "words", Kinds.text(200)),
                            CREATED,
                            UPDATED)
                    .ruledBy(new Rules(Optional.of("code"), Set.of(), Map.of("code", EMPTY), Map.of(), List.of())),
            OddCollection.of(
                            Node.class,
                            PLAIN,
                            ID,
                            ROOM,
                            OddField.reference("parentId", "parent_id", "nodes"),
                            OddField.sent("label", "label", Kinds.text(20)))
                    .ruledBy(new Rules(Optional.empty(), Set.of(), Map.of(), Map.of(), List.of("parentId"))),
            OddCollection.of(Folder.class, Set.of(), ID, ROOM, OddField.sent("title", "title", Kinds.text(50)))
                    .ruledBy(new Rules(Optional.empty(), Set.of("title"), Map.of(), Map.of(), List.of())),
            OddCollection.of(
                            Document.class,
                            Set.of(),
                            ID,
                            ROOM,
                            OddField.reference("folderId", "folder_id", "folders"),
                            OddField.reference("coverId", "cover_id", "folders"),
                            OddField.sent("title", "title", Kinds.text(50)))
                    .ruledBy(new Rules(Optional.empty(), Set.of("folderId"), Map.of(), Map.of(), List.of("folderId"))));

    private static final List<OddCollection> VALUES = List.of(
            OddCollection.of(
                    Text.class,
                    IN_STRATA,
                    ID,
                    ROOM,
                    OddField.sent("title", "title", Kinds.text(10)),
                    OddField.sent("code", "code", Kinds.text(10)),
                    OddField.sent("words", "words", Kinds.longText()),
                    OddField.sent("mood", "mood", Kinds.constant("CALM", "ODD", "WILD")),
                    OddField.sent("rank", "rank", Kinds.place("CALM", "ODD", "WILD")),
                    OddField.sent("identity", "identity", Kinds.uuid())),
            OddCollection.of(
                    Quantity.class,
                    IN_STRATA,
                    ID,
                    ROOM,
                    OddField.sent("tiny", "tiny", Kinds.integer()),
                    OddField.sent("whole", "whole", Kinds.integer()),
                    OddField.sent("perhaps", "perhaps", Kinds.integer()),
                    OddField.sent("big", "big", Kinds.integer()),
                    OddField.sent("price", "price", Kinds.decimal()),
                    OddField.sent("huge", "huge", Kinds.integer()),
                    OddField.sent("ratio", "ratio", Kinds.real()),
                    OddField.sent("single", "single", Kinds.single()),
                    OddField.sent("flag", "flag", Kinds.flag()),
                    OddField.sent("maybe", "maybe", Kinds.flag())),
            OddCollection.of(
                    Occasion.class,
                    IN_STRATA,
                    ID,
                    ROOM,
                    OddField.sent("happened", "happened", Kinds.moment(), Option.MILLIS),
                    OddField.sent("meant", "meant", Kinds.moment()),
                    OddField.sent("wall", "wall", Kinds.wall()),
                    OddField.sent("day", "on_day", Kinds.day(), Option.MILLIS)));

    private static final List<OddCollection> STORED = List.of(
            OddCollection.of(
                    Padded.class,
                    IN_STRATA,
                    ID,
                    ROOM,
                    OddField.sent("code", "code", Kinds.text(10).storedOtherwise()),
                    OddField.sent("name", "name", Kinds.text(50))),
            OddCollection.of(
                    Rounded.class,
                    IN_STRATA,
                    ID,
                    ROOM,
                    OddField.sent("wall", "wall", Kinds.wall().storedOtherwise()),
                    OddField.sent("happened", "happened", Kinds.moment().storedOtherwise(), Option.MILLIS),
                    OddField.sent("ratio", "ratio", Kinds.single().storedOtherwise()),
                    OddField.sent("price", "price", Kinds.decimal().storedOtherwise())),
            OddCollection.of(
                    Computed.class,
                    IN_STRATA,
                    ID,
                    ROOM,
                    OddField.sent("name", "name", Kinds.text(50)),
                    OddField.given("slug", "slug", Kinds.text(60)),
                    OddField.given("made", "made", Kinds.moment()).as(Option.MILLIS),
                    OddField.given("origin", "origin", Kinds.text(20)),
                    OddField.given("nameLength", "name_length", Kinds.integer())),
            OddCollection.of(
                    Versioned.class,
                    IN_STRATA,
                    ID,
                    ROOM,
                    OddField.sent("name", "name", Kinds.text(50)),
                    OddField.given("version", "version", Kinds.integer())),
            OddCollection.of(
                    Restricted.class,
                    IN_STRATA,
                    ID,
                    ROOM,
                    OddField.sent("name", "name", Kinds.text(50)),
                    OddField.sent("hidden", "hidden", Kinds.flag())),
            OddCollection.of(
                    Shouted.class,
                    IN_STRATA,
                    ID,
                    ROOM,
                    OddField.sent("name", "name", Kinds.text(50).storedOtherwise()),
                    OddField.sent(
                            "settings",
                            "settings",
                            Kinds.text(200)
                                    .of("\"{}\"", "\"{ \\\"a\\\" : 1 }\"", "\"[1,  2]\"", "\"7\"")
                                    .storedOtherwise())));

    private static final List<OddCollection> ROOMS = List.of(
            OddCollection.of(
                    Letter.class,
                    Set.of(Trait.CLIENT_IDS, Trait.SOFT_DELETE, Trait.OWNED, Trait.FILTERED),
                    ID,
                    ROOM,
                    OddField.given("author", "author", Kinds.text(255)),
                    OddField.sent("words", "words", Kinds.text(100)),
                    OddField.sent("personal", "personal", Kinds.flag()),
                    CREATED,
                    UPDATED),
            OddCollection.of(
                    Card.class,
                    Set.of(Trait.CLIENT_IDS, Trait.ARCHIVES, Trait.SCOPES, Trait.SPEAKS_STRATA),
                    ID,
                    ROOM,
                    OddField.sent("lane", "lane", Kinds.text(40).of("\"todo\"", "\"done\"", "null")),
                    OddField.sent("title", "title", Kinds.text(100)),
                    OddField.given("createdAt", "created_at", Kinds.moment()).as(Option.MILLIS),
                    OddField.given("archivedAt", "archived_at", Kinds.moment()).as(Option.MILLIS)),
            OddCollection.of(
                    Link.class,
                    Set.of(Trait.CLIENT_IDS, Trait.COMPOSITE_KEY, Trait.SPEAKS_STRATA),
                    ID,
                    ROOM,
                    OddField.sent("source", "source", Kinds.text(255)),
                    OddField.sent("target", "target", Kinds.text(255))),
            OddCollection.of(
                    Board.class,
                    Set.of(Trait.CLIENT_IDS, Trait.ROOM_IS_ID),
                    ID,
                    OddField.sent("title", "title", Kinds.text(100))),
            OddCollection.of(
                    Cat.class,
                    PLAIN,
                    ID,
                    ROOM,
                    OddField.sent("name", "name", Kinds.text(50)),
                    OddField.sent("lives", "lives", Kinds.integer())));

    private static final List<OddCollection> SHAPES = List.of(
            OddCollection.of(
                    Delivery.class,
                    IN_STRATA,
                    ID,
                    ROOM,
                    OddField.object(
                            "address",
                            List.of("{\"street\":\"a\",\"zip\":1}", "{\"street\":\"b\"}", "{\"zip\":null}", "null"),
                            List.of(
                                    "{}",
                                    "{\"street\":\"" + "x".repeat(21) + "\"}",
                                    "{\"zip\":\"1\"}",
                                    "{\"town\":\"c\"}"),
                            OddField.sent("street", "street", Kinds.text(20)),
                            OddField.sent("zip", "zip_code", Kinds.integer())),
                    OddField.object(
                            "due",
                            List.of("{\"start\":\"2026-11-21\"}", "{\"start\":null,\"end\":\"2026-12-01\"}", "null"),
                            List.of("{}", "{\"start\":\"soon\"}", "{\"end\":0}"),
                            OddField.sent("start", "due_from", Kinds.day()),
                            OddField.sent("end", "due_to", Kinds.day())),
                    OddField.given("version", "version", Kinds.integer())),
            OddCollection.of(
                    Tour.class,
                    IN_STRATA,
                    ID,
                    ROOM,
                    OddField.sent(
                            "towns",
                            "odd_tour_towns",
                            Forms.array(
                                    List.of("[\"b\",\"a\",\"b\"]", "[]", "[\"c\"]"),
                                    List.of(
                                            "[null]",
                                            "[1]",
                                            "[\"a\",\"b\",\"c\",\"d\",\"e\"]",
                                            "[\"" + "x".repeat(21) + "\"]",
                                            "{}")),
                            Option.ITEMS,
                            Option.ORDERED),
                    OddField.sent(
                            "marks",
                            "odd_tour_marks",
                            Forms.sorted(
                                    false,
                                    List.of("[3,1,3]", "[]", "[2]"),
                                    List.of("[null]", "[\"1\"]", "[1.5]", "[2147483648]")),
                            Option.ITEMS,
                            Option.NUMBERS),
                    OddField.sent(
                            "moods",
                            "odd_tour_moods",
                            Forms.sorted(
                                    true,
                                    List.of("[\"WILD\",\"CALM\"]", "[]", "[\"ODD\",\"ODD\"]"),
                                    List.of("[\"NONE\"]", "[0]", "[null]")),
                            Option.ITEMS)),
            OddCollection.of(
                    Sheet.class,
                    IN_STRATA,
                    ID,
                    ROOM,
                    OddField.sent("photo", "photo", Forms.bytes()),
                    OddField.sent(
                            "labels",
                            "labels",
                            Forms.array(
                                    List.of("[\"b\",\"a\",\"b\"]", "[]", "[\"{,}\"]"),
                                    List.of("[1]", "[[\"a\"]]", "[\"" + "x".repeat(21) + "\"]", "{}"))),
                    OddField.sent(
                            "sizes",
                            "sizes",
                            Forms.array(List.of("[3,1]", "[]"), List.of("[1.5]", "[\"1\"]", "[2147483648]"))),
                    OddField.sent(
                            "settings",
                            "settings",
                            Forms.json(
                                    List.of("{\"b\":[1,{\"c\":true}],\"a\":0.5}", "{}", "{\"x\":null}"),
                                    List.of(
                                            "[]",
                                            "{\"a\":1e2}",
                                            "{\"a\":9007199254740993}",
                                            "{\"\":\"\u20ac\"}",
                                            "{\"a\":1e999}"))),
                    OddField.sent(
                            "parts",
                            "parts",
                            Forms.json(
                                    List.of("[{\"name\":\"a\",\"count\":1}]", "[]"),
                                    List.of("{}", "[{\"name\":1}]", "[{\"count\":\"1\",\"name\":\"a\"}]")))),
            OddCollection.of(
                    Span.class,
                    IN_STRATA,
                    ID,
                    ROOM,
                    OddField.sent("time", "at_time", Forms.time()),
                    OddField.sent("lasts", "lasts", Forms.duration()),
                    OddField.sent("built", "built", Kinds.integer()),
                    OddField.sent(
                            "zone",
                            "zone",
                            Forms.coded(
                                    List.of("\"Europe/Berlin\"", "\"UTC\""),
                                    List.of("\"Mars/Crater\"", "\"europe/berlin\"", "\"+25:00\""))),
                    OddField.sent(
                            "offset",
                            "zone_offset",
                            Forms.coded(List.of("\"+02:00\"", "\"Z\""), List.of("\"+99:00\"", "\"-18:00\""))),
                    OddField.sent("met", "met", Kinds.moment()),
                    OddField.sent("made", "made", Forms.date()),
                    OddField.sent("level", "level", Kinds.integer()),
                    OddField.sent(
                            "mark",
                            "mark",
                            Forms.coded(List.of("\"x\"", "\"y\""), List.of("\"\"", "\"xy\"", "\"\u00e9\""))),
                    OddField.sent(
                            "currency",
                            "currency",
                            Forms.coded(List.of("\"EUR\""), List.of("\"EURO\"", "\"XXX\"", "\"\""))),
                    OddField.sent(
                            "language",
                            "language",
                            Forms.coded(List.of("\"en-GB\"", "\"de\""), List.of("\"not_a_tag\"", "\"und\"", "\"\""))),
                    OddField.sent("weight", "weight", Kinds.integer().of("0", "75"))),
            OddCollection.of(
                    Gauge.class,
                    IN_STRATA,
                    ID,
                    ROOM,
                    OddField.sent("title", "title", Kinds.text(30)),
                    OddField.sent("open", "is_open", Kinds.flag()),
                    OddField.relation("parent", "above_id", "gauges")),
            OddCollection.of(
                    Figure.class,
                    IN_STRATA,
                    ID,
                    ROOM,
                    OddField.sent("kind", "kind", Kinds.constant("circle", "square"), Option.ON_INSERT),
                    OddField.sent("title", "title", Kinds.text(30)),
                    OddField.sent("radius", "radius", Kinds.integer(), Option.OF_SOME_CLASSES),
                    OddField.sent("side", "side", Kinds.integer(), Option.OF_SOME_CLASSES)),
            OddCollection.of(
                    Cell.class,
                    Set.of(Trait.KEY_OF_COLUMNS, Trait.SPEAKS_STRATA),
                    ROOM.as(Option.PART),
                    OddField.sent("sheet", "sheet", Kinds.text(20), Option.PART),
                    OddField.sent("number", "row_number", Kinds.integer().of("1", "2", "3", "4", "-5"), Option.PART),
                    OddField.sent("title", "title", Kinds.text(30))),
            OddCollection.of(
                    Reading.class,
                    Set.of(Trait.KEY_OF_COLUMNS, Trait.SPEAKS_STRATA),
                    OddField.relation("gauge", "gauge_id", "gauges").as(Option.PART),
                    OddField.sent("day", "on_day", Kinds.day(), Option.PART, Option.MILLIS),
                    ROOM,
                    OddField.sent("measured", "measured", Kinds.integer())));

    private static final List<OddCollection> IDS = List.of(
            OddCollection.of(Crate.class, Set.of(), ID, ROOM, OddField.sent("title", "title", Kinds.text(30))),
            OddCollection.of(
                    Stamp.class,
                    Set.of(),
                    ID,
                    ROOM,
                    OddField.sent("title", "title", Kinds.text(30)),
                    OddField.relation("crate", "crate_id", "crates"),
                    OddField.given("version", "version", Kinds.integer())),
            OddCollection.of(
                            Voucher.class,
                            Set.of(),
                            ID,
                            ROOM,
                            OddField.relation("stamp", "stamp_id", "stamps"),
                            OddField.sent("title", "title", Kinds.text(30)))
                    .ruledBy(new Rules(Optional.empty(), Set.of("stamp"), Map.of(), Map.of(), List.of("stamp"))),
            OddCollection.of(
                    Ledger.class,
                    PLAIN,
                    OddField.given("id", "code", Kinds.text(255)),
                    ROOM,
                    OddField.sent("title", "title", Kinds.text(30)),
                    CREATED),
            OddCollection.of(Badge.class, Set.of(), ID, ROOM, OddField.sent("title", "title", Kinds.text(30))),
            OddCollection.of(Parcel.class, Set.of(), ID, ROOM, OddField.sent("title", "title", Kinds.text(30))),
            OddCollection.of(Tag.class, Set.of(), ID, ROOM, OddField.sent("title", "title", Kinds.text(30))));

    private static final List<List<OddCollection>> ALL =
            List.of(CONSTRAINTS, VALUES, STORED, ROOMS, SHAPES, FormsCatalog.FORMS, IDS);

    private Catalog() {}

    /** The deployed collections of each application; applications without any are left out. */
    public static List<List<OddCollection>> applications() {
        Set<Class<?>> leftOut = KnownFaults.leftOut();
        return ALL.stream()
                .map(all -> all.stream()
                        .filter(collection -> !leftOut.contains(collection.entity()))
                        .toList())
                .filter(all -> !all.isEmpty())
                .toList();
    }

    /** The collection of this name in an application. */
    public static OddCollection collection(String application, String name) {
        return ALL.stream()
                .flatMap(List::stream)
                .filter(each ->
                        each.application().equals(application) && each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(application + " has no collection " + name));
    }

    /** The names of the applications that are deployed. */
    public static List<String> deployed() {
        return Stream.concat(
                        applications().stream().map(all -> all.getFirst().application()), Stream.of("odd-heartbeat"))
                .toList();
    }
}
