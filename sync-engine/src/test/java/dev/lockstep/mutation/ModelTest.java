package dev.lockstep.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Change;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Row;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.delivery.CommittedMutation;
import dev.lockstep.log.Commit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random mutations of every kind, in batches of every size, against a simple model. */
@OnEveryDatabase
class ModelTest {
    private static final int GROUPS = 12;
    private static final int GROUP_MUTATIONS_MAX = 30;
    private static final List<String> ROOMS = List.of("p1", "p2");
    private static final List<String> TASKS = List.of("a", "b", "c", "d", "e", "f");

    private final Set<Mutation> seen = new HashSet<>();
    private final EngineFixture engine;

    ModelTest(TestDatabase database) {
        engine = new EngineFixture(database.emptied());
    }

    /** Fixed seeds, and a new one: its number is in the test's name. */
    static LongStream seeds() {
        return LongStream.of(1, 2, System.nanoTime());
    }

    /** A task in the model: every inserted one, with its room, and whether it is live. */
    private record Known(String room, String title, boolean alive) {}

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @Tag("MUT3")
    @DisplayName("[MUT3] rows agree with the model, and with the log replayed from 0")
    void agrees(long seed) {
        Random random = new Random(seed);
        Map<String, Known> tasks = new TreeMap<>();
        Map<String, String> tools = new TreeMap<>();
        for (int i = 0; i < GROUPS; i++) {
            List<Mutation> batch = new ArrayList<>();
            for (int m = 1 + random.nextInt(GROUP_MUTATIONS_MAX); m > 0; m--) {
                batch.add(aMutation(random, List.copyOf(tools.keySet()), batch));
            }
            List<MutationResult> answers = engine.together(batch);
            for (int m = 0; m < batch.size(); m++) {
                applyToModel(tasks, tools, batch.get(m), answers.get(m));
            }
        }

        assertThat(titles(engine.list("tasks", "p1"))).isEqualTo(living(tasks, "p1"));
        assertThat(titles(engine.list("tasks", "p2"))).isEqualTo(living(tasks, "p2"));
        assertThat(byId(engine.list("tools", "p1"))).isEqualTo(tools);
        for (String room : ROOMS) {
            for (String collection : List.of("tasks", "tools", "steps", "errands")) {
                assertThat(byId(engine.list(collection, room))).isEqualTo(engine.replayed(collection, room));
            }
        }
        assertLogEqualsPublished();
    }

    private void assertLogEqualsPublished() {
        List<Commit> commits = engine.commits();
        assertThat(engine.published().stream()
                        .map(CommittedMutation::commit)
                        .flatMap(Optional::stream)
                        .toList())
                .isEqualTo(commits);
        List<Long> seqs = commits.stream()
                .flatMap(commit -> commit.actions().stream())
                .map(action -> action.seq().value())
                .toList();
        assertThat(seqs)
                .isEqualTo(LongStream.rangeClosed(1, seqs.size()).boxed().toList());
    }

    private static Mutation aMutation(Random random, List<String> tools, List<Mutation> before) {
        if (!before.isEmpty() && random.nextInt(20) == 0) {
            return before.get(random.nextInt(before.size())); // sent twice; with an id it must count once
        }
        MutationFixture asked = MutationFixture.in(ROOMS.get(random.nextInt(2)));
        if (random.nextBoolean()) {
            asked = asked.by("c" + random.nextInt(3), "m" + random.nextLong());
        }
        Change[] changes = new Change[random.nextInt(4) == 0 ? 2 + random.nextInt(3) : 1];
        for (int i = 0; i < changes.length; i++) {
            changes[i] = aChange(random, tools);
        }
        return asked.bulk(changes);
    }

    private static Change aChange(Random random, List<String> tools) {
        String task = TASKS.get(random.nextInt(TASKS.size()));
        String tool = tools.isEmpty() ? "none" : tools.get(random.nextInt(tools.size()));
        String title = "t" + random.nextInt(1_000);
        String errand = "e" + random.nextInt(20);
        return switch (random.nextInt(12)) {
            case 0, 1 -> MutationFixture.insertion("tasks", task + random.nextInt(40), Map.of("title", title));
            case 2, 3 -> MutationFixture.updating("tasks", task + random.nextInt(40), Map.of("title", title));
            case 4 -> MutationFixture.deletion("tasks", task + random.nextInt(40));
            case 5 -> MutationFixture.insertion("tools", null, aToolsFields(random));
            case 6 ->
                random.nextBoolean()
                        ? MutationFixture.updating("tools", tool, aToolsFields(random))
                        : MutationFixture.deletion("tools", tool);
            case 8 -> MutationFixture.insertion("errands", errand, Map.of("title", title));
            case 9 -> MutationFixture.move("errands", errand, Map.of("title", title), ROOMS.get(random.nextInt(2)));
            case 10 ->
                random.nextBoolean()
                        ? MutationFixture.archival("errands", errand, Instant.ofEpochSecond(random.nextInt(1_000)))
                        : MutationFixture.unarchival("errands", errand);
            case 11 -> MutationFixture.deletion("errands", errand);
            default -> {
                Map<String, @Nullable Object> step = new HashMap<>();
                step.put("text", random.nextInt(10) == 0 ? "x".repeat(30) : title); // the long one fits no column
                step.put("tool", random.nextBoolean() ? tool : null);
                yield MutationFixture.insertion("steps", "s" + random.nextInt(60), step);
            }
        };
    }

    private static Map<String, @Nullable Object> aToolsFields(Random random) {
        return Map.of("name", "n" + random.nextInt(4), "serial", "#" + random.nextInt(12));
    }

    /**
     * The model's own result for tasks. For tools, whose uniqueness the database checks, and for refused mutations, the
     * engine's answer counts.
     */
    private void applyToModel(
            Map<String, Known> tasks, Map<String, String> tools, Mutation mutation, MutationResult answer) {
        if (!seen.add(mutation) && mutation.id().isPresent()) {
            return; // a duplicate: its effect is known
        }
        if (!(answer instanceof MutationResult.Applied applied)) {
            return;
        }
        String room = mutation.room().name();
        for (int i = 0; i < mutation.changes().size(); i++) {
            Change change = mutation.changes().get(i);
            Optional<Row> row = applied.rows().get(i);
            switch (change.in().value()) {
                case "tasks" -> assertThat(row.isPresent()).isEqualTo(changes(tasks, room, change));
                case "tools" ->
                    row.ifPresent(of -> {
                        if (change instanceof Change.Delete) {
                            tools.remove(of.id().value());
                        } else {
                            tools.put(of.id().value(), of.json());
                        }
                    });
                case "errands" -> {} // what becomes of them, the log knows
                default -> assertThat(row).isPresent();
            }
        }
    }

    /** Whether the change finds a row, by the model. */
    private static boolean changes(Map<String, Known> tasks, String room, Change change) {
        return switch (change) {
            case Change.Insert insert -> {
                String id = String.valueOf(insert.id());
                assertThat(tasks)
                        .as("an id that was ever used is not given again")
                        .doesNotContainKey(id);
                tasks.put(id, new Known(room, String.valueOf(insert.fields().get("title")), true));
                yield true;
            }
            case Change.Update update -> {
                Optional<Known> known = living(tasks, room, update.id().value());
                known.ifPresent(task -> tasks.put(
                        update.id().value(),
                        new Known(room, String.valueOf(update.fields().get("title")), true)));
                yield known.isPresent();
            }
            case Change.Delete delete -> {
                Optional<Known> known = living(tasks, room, delete.id().value());
                known.ifPresent(task -> tasks.put(delete.id().value(), new Known(room, task.title(), false)));
                yield known.isPresent();
            }
            case Change.Archive archive -> throw new IllegalArgumentException("tasks are not archived");
            case Change.Unarchive unarchive -> throw new IllegalArgumentException("tasks are not archived");
            case Change.Append append -> throw new IllegalArgumentException("stores are not part of the model");
        };
    }

    private static Optional<Known> living(Map<String, Known> tasks, String room, String id) {
        return Optional.ofNullable(tasks.get(id))
                .filter(known -> known.alive() && known.room().equals(room));
    }

    private static Map<String, String> living(Map<String, Known> tasks, String room) {
        Map<String, String> living = new TreeMap<>();
        tasks.forEach((id, known) -> {
            if (known.alive() && known.room().equals(room)) {
                living.put(id, known.title());
            }
        });
        return living;
    }

    private static Map<String, String> titles(List<Row> rows) {
        Map<String, String> titles = new TreeMap<>();
        for (Row row : rows) {
            String from = "\"title\":\"";
            int start = row.json().indexOf(from) + from.length();
            titles.put(row.id().value(), row.json().substring(start, row.json().indexOf('"', start)));
        }
        return titles;
    }

    private static Map<String, String> byId(List<Row> rows) {
        Map<String, String> byId = new TreeMap<>();
        rows.forEach(row -> byId.put(row.id().value(), row.json()));
        return byId;
    }
}
