package dev.lockstep.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Caller;
import dev.lockstep.api.Change;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Operation;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.StoreEvent;
import dev.lockstep.api.StoreName;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.log.Commit;
import dev.lockstep.log.LogEntry;
import dev.lockstep.mutation.EngineFixture;
import dev.lockstep.mutation.MutationFixture;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Appends to event stores by the batch writer, and the pages that are read afterwards. */
@OnEveryDatabase
class StoreAppendsTest {
    private static final RoomId NOTES = new StoreName("notes").room("workshop");
    private static final long NO_LIMIT = Long.MAX_VALUE;

    private final TestDatabase database;
    private final EngineFixture engine;
    private final EventStores stores;

    StoreAppendsTest(TestDatabase database) {
        this.database = database.emptied();
        this.engine = new EngineFixture(this.database);
        this.stores = new EventStores(
                this.database.transactions(), () -> Instant.parse("2026-11-21T01:02:03Z"), Runnable::run);
    }

    private static StoreEvent event(long number, long parent, String args) {
        return new StoreEvent(number, parent, "v1.Noted", args, "client", "session");
    }

    /** Consecutive events after a number. */
    private static List<StoreEvent> events(long after, int count) {
        List<StoreEvent> events = new ArrayList<>();
        for (long number = after + 1; number <= after + count; number++) {
            events.add(event(number, number - 1, "{\"n\":" + number + "}"));
        }
        return events;
    }

    private static Mutation append(RoomId store, List<StoreEvent> events, Optional<String> backendId) {
        return new Mutation(
                Caller.anonymous("workshop"),
                store,
                Operation.APPEND,
                List.of(new Change.Append(events, backendId)),
                Optional.empty(),
                Optional.empty());
    }

    private static Mutation append(List<StoreEvent> events) {
        return append(NOTES, events, Optional.empty());
    }

    private StoreState open(RoomId store) {
        return stores.open(store, Optional.empty());
    }

    private StorePage page(long after, int eventsMax, long charactersMax) throws Exception {
        return stores.page(NOTES, open(NOTES).backendId(), after, eventsMax, charactersMax)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private List<Long> stored() throws Exception {
        return page(0, Integer.MAX_VALUE, NO_LIMIT).events().stream()
                .map(StoredEvent::number)
                .toList();
    }

    private static Refusal refusal(MutationResult result) {
        return ((MutationResult.Refused) result).refusal();
    }

    @Test
    @Tag("EVT1")
    @DisplayName("[EVT1] an append after another number than the head is refused with the head, and stores nothing")
    void head() throws Exception {
        open(NOTES);
        engine.together(append(events(0, 3)));

        List<MutationResult> late = engine.together(append(events(2, 1)), append(events(9, 1)), append(events(0, 4)));

        assertThat(late).hasSize(3).allSatisfy(result -> {
            assertThat(refusal(result).code()).isEqualTo(ErrorCode.HEAD_MOVED);
            assertThat(refusal(result).current().orElseThrow().id().value()).isEqualTo("3");
        });
        assertThat(stored()).containsExactly(1L, 2L, 3L);
        assertThat(engine.together(append(events(3, 1))).getFirst()).isInstanceOf(MutationResult.Applied.class);
    }

    @Test
    @Tag("EVT1")
    @DisplayName(
            "[EVT1] of two appends after the same head in one batch, the first is stored and the second is refused")
    void conflict() throws Exception {
        open(NOTES);

        List<MutationResult> both = engine.together(append(events(0, 2)), append(events(0, 1)), append(events(2, 2)));

        assertThat(both.get(0)).isInstanceOf(MutationResult.Applied.class);
        assertThat(refusal(both.get(1)).code()).isEqualTo(ErrorCode.HEAD_MOVED);
        assertThat(both.get(2)).isInstanceOf(MutationResult.Applied.class);
        assertThat(stored()).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    @Tag("EVT2")
    @DisplayName("[EVT2] an append is one action of the log, with its events in order and one time")
    void logged() {
        open(NOTES);
        engine.together(append(events(0, 3)));

        assertThat(engine.commits()).singleElement().satisfies(commit -> {
            LogEntry entry = commit.actions().getFirst().entry();
            assertThat(commit.actions()).hasSize(1);
            assertThat(commit.actions().getFirst().number()).isZero();
            assertThat(entry.room()).isEqualTo(NOTES);
            assertThat(entry.kind()).isEqualTo(LogEntry.Kind.EVENTS);
            assertThat(EventRange.of(entry.entityId())).isEqualTo(new EventRange(0, 3));
            assertThat(EventSequence.split(entry.rowAfter().orElseThrow()))
                    .extracting(StoreEvent::of)
                    .isEqualTo(events(0, 3));
        });
    }

    @Test
    @Tag("EVT3")
    @DisplayName("[EVT3] names and arguments are stored as they were sent")
    void faithful() throws Exception {
        open(NOTES);
        List<StoreEvent> odd = List.of(
                new StoreEvent(
                        1,
                        0,
                        "na\"me\\\u0000\ud83d\ude00\ud800",
                        "{\"a\":\"\\u0000\\ud800\\\"\ud83d\ude00\"}",
                        "c\u0001",
                        "s,\"args\":"),
                event(2, 1, "12345678901234567890.5e-400"),
                event(3, 2, " [ 1 , \"\" ] "),
                event(4, 3, "null"));
        engine.together(append(odd));

        assertThat(page(0, 10, NO_LIMIT).events())
                .extracting(stored -> StoreEvent.of(stored.json()))
                .isEqualTo(odd);
        assertThat(EventSequence.split(engine.commits()
                        .getFirst()
                        .actions()
                        .getFirst()
                        .entry()
                        .rowAfter()
                        .orElseThrow()))
                .extracting(StoreEvent::of)
                .isEqualTo(odd);
    }

    @Test
    @Tag("EVT3")
    @DisplayName("[EVT3] an event above the limit is refused before it is stored; one at the limit is stored")
    void large() throws Exception {
        open(NOTES);
        int around = event(1, 0, "").json().length();
        String full = "\"" + "x".repeat(StoreEvent.JSON_BYTES_MAX - around - 2) + "\"";

        assertThat(refusal(engine.alone(append(List.of(event(1, 0, full.replaceFirst("x", "xx"))))))
                        .code())
                .isEqualTo(ErrorCode.TOO_LARGE);
        assertThat(engine.alone(append(List.of(event(1, 0, full))))).isInstanceOf(MutationResult.Applied.class);
        assertThat(stored()).containsExactly(1L);
    }

    @Test
    @Tag("EVT4")
    @DisplayName(
            "[EVT4] a store keeps its backend id until a reset or a restore; an append with another one is refused")
    void backendId() {
        String first = open(NOTES).backendId();
        assertThat(first).matches("[A-Za-z0-9_-]{21}").isEqualTo(open(NOTES).backendId());
        assertThat(engine.alone(append(NOTES, events(0, 1), Optional.of(first))))
                .isInstanceOf(MutationResult.Applied.class);

        database.execute("update lockstep_epoch set began = 1000000");
        String restored = open(NOTES).backendId();

        assertThat(restored).matches("[A-Za-z0-9_-]{21}").isNotEqualTo(first);
        assertThat(refusal(engine.alone(append(NOTES, events(1, 1), Optional.of(first)))))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.STORE_RESET))
                .satisfies(refusal -> assertThat(refusal.current().orElseThrow().json())
                        .isEqualTo("{\"head\":1,\"backendId\":\"" + restored + "\"}"));
    }

    @Test
    @Tag("EVT5")
    @DisplayName("[EVT5] a store and a room of rows with the same name do not meet")
    void rows() throws Exception {
        open(NOTES);
        engine.together(append(events(0, 2)), MutationFixture.in("notes").insertsTask("t1", "A"));

        assertThat(engine.commits())
                .extracting(commit -> commit.actions().getFirst().entry().room())
                .containsExactlyInAnyOrder(NOTES, new RoomId("workshop", "notes"));
        assertThat(engine.list("tasks", "notes")).hasSize(1);
        assertThat(engine.commits().stream()
                        .filter(commit -> commit.byRoom().containsKey(new RoomId("workshop", "notes")))
                        .map(Commit::actions))
                .singleElement()
                .satisfies(actions -> assertThat(actions.getFirst().number()).isEqualTo(1));
        assertThat(stored()).containsExactly(1L, 2L);
    }

    @Test
    @Tag("EVT6")
    @DisplayName("[EVT6] any text of 1 to 256 characters is the name of a store of its own")
    void names() {
        List<String> names = List.of(
                "a-b",
                "a_b",
                "a b",
                "a%b",
                "a%0000b",
                "a\u0000b",
                "A-B",
                "~a",
                "\ud800",
                "\ud83d\ude00",
                "x".repeat(256),
                "\u0007".repeat(256),
                "a/b?c=d",
                "");

        assertThat(names.subList(0, names.size() - 1))
                .allSatisfy(name -> assertThat(StoreName.of(new StoreName(name).room("workshop")))
                        .isEqualTo(new StoreName(name)))
                .extracting(name -> open(new StoreName(name).room("workshop")).backendId())
                .doesNotHaveDuplicates();
    }

    @Test
    @Tag("EVT7")
    @DisplayName("[EVT7] a page holds consecutive events up to its limits, and says how many follow")
    void pages() throws Exception {
        open(NOTES);
        engine.together(append(List.of(event(100, 0, "1"), event(101, 100, "2"))), append(events(101, 248)));

        assertThat(page(0, 100, NO_LIMIT)).satisfies(page -> {
            assertThat(page.events().getFirst().number()).isEqualTo(100);
            assertThat(page.events()).hasSize(100);
            assertThat(page.remaining()).isEqualTo(150);
        });
        assertThat(page(199, 100, NO_LIMIT).remaining()).isEqualTo(50);
        assertThat(page(299, 100, NO_LIMIT)).satisfies(page -> {
            assertThat(page.events()).hasSize(50);
            assertThat(page.remaining()).isZero();
        });
        assertThat(page(349, 100, NO_LIMIT)).isEqualTo(new StorePage(List.of(), 0));
        assertThat(page(9_999, 100, NO_LIMIT)).isEqualTo(new StorePage(List.of(), 0));
        assertThat(page(0, 100, 1).events()).hasSize(1);
    }

    @Test
    @Tag("EVT8")
    @DisplayName("[EVT8] the retention of the log removes no event of a store")
    void retention() throws Exception {
        open(NOTES);
        engine.together(append(events(0, 3)), MutationFixture.in("notes").insertsTask("t1", "A"));

        engine.removeExpired(Instant.parse("2027-11-21T01:02:03Z"));

        assertThat(engine.commits()).isEmpty();
        assertThat(stored()).containsExactly(1L, 2L, 3L);
        assertThat(engine.alone(append(events(3, 1)))).isInstanceOf(MutationResult.Applied.class);
    }

    @Test
    @Tag("EVT1")
    @DisplayName("[EVT1] concurrent creations of one store give one store")
    void creation() throws Exception {
        int requests = 4;
        CyclicBarrier together = new CyclicBarrier(requests);
        try (ExecutorService threads = Executors.newFixedThreadPool(requests)) {
            for (int round = 0; round < 10; round++) {
                RoomId store = new StoreName("new " + round).room("workshop");
                List<Callable<String>> opening = Collections.nCopies(requests, () -> {
                    together.await(10, TimeUnit.SECONDS);
                    return open(store).backendId();
                });
                Set<String> backendIds = new HashSet<>();
                for (Future<String> opened : threads.invokeAll(opening)) {
                    backendIds.add(opened.get());
                }
                assertThat(backendIds).hasSize(1);
            }
        }
    }
}
