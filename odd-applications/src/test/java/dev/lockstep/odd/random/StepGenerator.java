package dev.lockstep.odd.random;

import dev.lockstep.odd.random.OddCollection.Trait;
import dev.lockstep.odd.random.Step.Action;
import dev.lockstep.odd.random.Step.Dialect;
import dev.lockstep.odd.random.Step.Item;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Random;

/** Generates the steps of a seed. The same seed gives the same steps, whatever the server answers. */
public final class StepGenerator {
    private static final int BULK_ITEMS_MAX = 6;

    /** Rows with higher numbers are never inserted. */
    private static final int NEVER_MADE = 900_000;

    private static final List<String> ODD_IDS = List.of(
            "\"\"",
            "null",
            "7",
            "\"a\\u0000b\"",
            "\"x\\ud800\"",
            "\"%2F/;:\\u20ac \\ud83d\\ude00-" + Placeholder.ROW + "\"",
            "\"bulk\"",
            "\"" + "i".repeat(256) + "\"",
            "\"" + Placeholder.ROW + "-" + "\u00e9".repeat(200) + "\"");

    /** The part of an odd id that differs between rows. */
    private static final class Placeholder {
        static final String ROW = "ROW";
    }

    private final Random random;
    private final List<OddCollection> collections;
    private final Map<String, List<Integer>> rows = new HashMap<>();
    private final List<Integer> repeatable = new ArrayList<>();
    private int steps;
    private int made;

    public StepGenerator(long seed, List<OddCollection> collections) {
        this.random = new Random(seed);
        this.collections = List.copyOf(collections);
    }

    /** The next steps. */
    public List<Step> next(int count) {
        List<Step> next = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            next.add(next());
        }
        return next;
    }

    private Step next() {
        steps++;
        OddCollection collection = oneOf(collections);
        if (!repeatable.isEmpty() && chance(8)) {
            int again = oneOf(repeatable);
            return new Step(
                    steps,
                    collection,
                    Action.INSERT,
                    Dialect.NATIVE,
                    user(),
                    false,
                    "",
                    List.of(),
                    OptionalInt.of(again));
        }
        Action action = action(collection);
        Dialect dialect = dialect(collection, action);
        List<Item> items = new ArrayList<>();
        int count = action.name().startsWith("BULK") ? 1 + random.nextInt(BULK_ITEMS_MAX) : 1;
        for (int i = 0; i < count; i++) {
            items.add(item(collection, action));
        }
        repeatable.add(steps);
        return new Step(
                steps,
                collection,
                action,
                dialect,
                user(),
                chance(12),
                collection.is(Trait.SCOPES) && chance(40) ? oneOf(List.of("todo", "done", "\u202eodd /;")) : "",
                items,
                OptionalInt.empty());
    }

    private String user() {
        return chance(70) ? "alice" : "bob";
    }

    private Action action(OddCollection collection) {
        int of = random.nextInt(100);
        boolean single = chance(60);
        if (rowsOf(collection).size() < 3 || of < 40) {
            return single ? Action.INSERT : Action.BULK_INSERT;
        }
        if (collection.is(Trait.ARCHIVES) && chance(20)) {
            return chance(60) ? Action.ARCHIVE : Action.UNARCHIVE;
        }
        if (of < 78 && !collection.is(Trait.COMPOSITE_KEY)) {
            return single ? Action.UPDATE : Action.BULK_UPDATE;
        }
        return single ? Action.DELETE : Action.BULK_DELETE;
    }

    private Dialect dialect(OddCollection collection, Action action) {
        if (action == Action.ARCHIVE || action == Action.UNARCHIVE) {
            return Dialect.STRATA; // the native dialect has neither
        }
        return collection.is(Trait.SPEAKS_STRATA) && !action.name().startsWith("BULK") && chance(40)
                ? Dialect.STRATA
                : Dialect.NATIVE;
    }

    private Item item(OddCollection collection, Action action) {
        boolean inserts = action == Action.INSERT || action == Action.BULK_INSERT;
        int row = inserts && !chance(4) ? newRow(collection) : anyRow(collection);
        boolean inOrder = chance(75); // one odd value in a bulk refuses all of it
        Map<String, String> values = new LinkedHashMap<>();
        if (inserts || action == Action.UPDATE || action == Action.BULK_UPDATE) {
            for (OddField field : collection.sentFields()) {
                boolean isPart = field.is(OddField.Option.PART);
                boolean isFixed = !inserts && (isPart || field.is(OddField.Option.ON_INSERT));
                if (!isFixed && (inserts ? isPart || !chance(8) : chance(50))) {
                    values.put(field.name(), value(field, inOrder));
                }
            }
        }
        if (inserts) {
            rowsOf(collection).add(row);
        }
        return new Item(row, id(collection, inserts && !inOrder, row), values);
    }

    private String id(OddCollection collection, boolean odd, int row) {
        if (collection.is(Trait.ROOM_IS_ID) && !chance(10)) {
            return "null"; // the server knows it
        }
        return collection.is(Trait.CLIENT_IDS) && odd && chance(15)
                ? oneOf(ODD_IDS).replace(Placeholder.ROW, Integer.toString(row))
                : Step.reference(row);
    }

    private String value(OddField field, boolean inOrder) {
        String refersTo = field.refersTo();
        if (refersTo != null && (inOrder || chance(50))) {
            return chance(15) ? "null" : Step.reference(anyRow(refersTo));
        }
        return inOrder || chance(70)
                ? oneOf(field.kind().usual())
                : oneOf(field.kind().odd());
    }

    /** The number of a new row; of one whose id is another row's, usually the number of that. */
    private int newRow(OddCollection collection) {
        return collection.fields().stream()
                .filter(field -> field.is(OddField.Option.IS_ID) && !chance(10))
                .findFirst()
                .map(field -> anyRow(Objects.requireNonNull(field.refersTo())))
                .orElseGet(() -> ++made);
    }

    private int anyRow(OddCollection collection) {
        return anyRow(collection.name());
    }

    private int anyRow(String collection) {
        List<Integer> known = rows.computeIfAbsent(collection, first -> new ArrayList<>());
        return known.isEmpty() || chance(5) ? NEVER_MADE + random.nextInt(10) : oneOf(known);
    }

    private List<Integer> rowsOf(OddCollection collection) {
        return rows.computeIfAbsent(collection.name(), first -> new ArrayList<>());
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
