package dev.lockstep.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.api.Caller;
import dev.lockstep.api.Change;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Operation;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.StoreEvent;
import dev.lockstep.api.StoreName;
import dev.lockstep.api.SyncException;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.event.StoreMaintenance.ImportedEvent;
import dev.lockstep.log.Action;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.LogEntry;
import dev.lockstep.mutation.EngineFixture;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Operators' work on event stores. */
@OnEveryDatabase
class StoreMaintenanceTest {
    private static final RoomId NOTES = new StoreName("notes").room("workshop");
    private static final RoomId OTHERS = new StoreName("others").room("workshop");
    private static final Instant NOW = Instant.parse("2026-11-21T01:02:03Z");

    private final TestDatabase database;
    private final EngineFixture engine;
    private final EventStores stores;
    private final StoreMaintenance maintenance;

    StoreMaintenanceTest(TestDatabase database) {
        this.database = database.emptied();
        this.engine = new EngineFixture(this.database);
        this.stores = new EventStores(this.database.transactions(), () -> NOW, Runnable::run);
        this.maintenance = new StoreMaintenance(this.database.transactions(), new ActionLog(), () -> NOW);
    }

    private static StoreEvent event(long number) {
        return new StoreEvent(number, number - 1, "v1.Noted", "{\"n\":" + number + "}", "client", "session");
    }

    /** The events after one number, up to another. */
    private static List<StoreEvent> events(long after, long last) {
        return LongStream.rangeClosed(after + 1, last)
                .mapToObj(StoreMaintenanceTest::event)
                .toList();
    }

    /** The same for an import; each was appended at as many microseconds as its number. */
    private static List<ImportedEvent> imported(long after, long last) {
        return events(after, last).stream()
                .map(event -> new ImportedEvent(event, Optional.of(event.number())))
                .toList();
    }

    private static Mutation push(RoomId store, List<StoreEvent> events, Optional<String> backendId) {
        return new Mutation(
                new Caller("workshop", Optional.of("ann"), Map.of(), Optional.empty()),
                store,
                Operation.APPEND,
                List.of(new Change.Append(events, backendId)),
                Optional.empty(),
                Optional.empty());
    }

    private StoreState filled(RoomId store, long last) {
        StoreState opened = stores.open(store, Optional.of("ann"));
        for (long after = 0; after < last; after += 1_000) {
            engine.alone(push(store, events(after, Math.min(last, after + 1_000)), Optional.empty()));
        }
        return opened;
    }

    private List<StoredEvent> stored(RoomId store) {
        String backendId = maintenance.find(store).orElseThrow().backendId();
        return maintenance
                .page(store, backendId, 0, Integer.MAX_VALUE, Long.MAX_VALUE)
                .events();
    }

    private long count(String from) {
        return database.transactions().run(scope -> {
            try (var statement = scope.connection().createStatement();
                    var row = statement.executeQuery("select count(*) from " + from)) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    private List<LogEntry> logged() {
        return engine.commits().stream()
                .flatMap(commit -> commit.actions().stream())
                .map(Action::entry)
                .toList();
    }

    private static void assertRefused(MutationResult result, ErrorCode code) {
        assertThat(((MutationResult.Refused) result).refusal().code()).isEqualTo(code);
    }

    @Test
    @Tag("EVT10")
    @DisplayName("[EVT10] a reset store is empty, with another backend id, the same name and the same owner")
    void reset() {
        String before = filled(NOTES, 3).backendId();
        filled(OTHERS, 2);

        StoreState after = maintenance.reset(NOTES).orElseThrow();

        assertThat(after.backendId()).matches("[A-Za-z0-9_-]{21}").isNotEqualTo(before);
        assertThat(after)
                .isEqualTo(maintenance.find(NOTES).orElseThrow())
                .returns(0L, StoreState::head)
                .returns(0L, StoreState::events)
                .returns(0L, StoreState::characters)
                .returns(0L, StoreState::appendedAtMicros)
                .returns(Optional.of("ann"), StoreState::owner);
        assertThat(stored(NOTES)).isEmpty();
        assertThat(stored(OTHERS)).hasSize(2);
        assertRefused(engine.alone(push(NOTES, events(3, 4), Optional.of(before))), ErrorCode.STORE_RESET);
        assertRefused(engine.alone(push(NOTES, events(3, 4), Optional.empty())), ErrorCode.HEAD_MOVED);
        assertThat(engine.alone(push(NOTES, events(0, 1), Optional.of(after.backendId()))))
                .isInstanceOf(MutationResult.Applied.class);
        assertThatThrownBy(() -> maintenance.page(NOTES, before, 0, 10, 1_000))
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.refusal().code()).isEqualTo(ErrorCode.STORE_RESET));
        assertThat(maintenance.reset(new StoreName("absent").room("workshop"))).isEmpty();
    }

    @Test
    @Tag("EVT10")
    @DisplayName("[EVT10] a reset is one action of the store's room without content, which tells every node")
    void resetIsLogged() {
        filled(NOTES, 3);
        maintenance.reset(NOTES);

        assertThat(logged()).hasSize(2);
        assertThat(logged().getLast())
                .returns(NOTES, LogEntry::room)
                .returns(LogEntry.Kind.EVENTS, LogEntry::kind)
                .returns(Optional.empty(), LogEntry::rowAfter);
        assertThat(EventRange.isReset(logged().getLast().entityId())).isTrue();
        assertThat(logged().getLast().stampMicros())
                .isGreaterThan(logged().getFirst().stampMicros());
    }

    @Test
    @Tag("EVT10")
    @DisplayName("[EVT10] of resets and appends at the same time each append is in the life of the store that it named")
    void resetsBesideAppends() throws Exception {
        stores.open(NOTES, Optional.empty());
        CompletableFuture<Void> resets = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 20; i++) {
                maintenance.reset(NOTES);
            }
        });
        int applied = 0;
        while (!resets.isDone() || applied == 0) {
            StoreState seen = maintenance.find(NOTES).orElseThrow();
            MutationResult result =
                    engine.alone(push(NOTES, events(seen.head(), seen.head() + 1), Optional.of(seen.backendId())));
            if (result instanceof MutationResult.Refused) {
                assertRefused(result, ErrorCode.STORE_RESET);
            } else {
                applied++;
            }
        }
        resets.get(20, TimeUnit.SECONDS);

        StoreState store = maintenance.find(NOTES).orElseThrow();
        assertThat(stored(NOTES))
                .extracting(StoredEvent::number)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, store.head()).boxed().toList());
        assertThat(store.events()).isEqualTo(store.head());
        List<LogEntry> entries = logged();
        long expected = 0;
        for (LogEntry entry : entries) {
            boolean isReset = EventRange.isReset(entry.entityId());
            assertThat(isReset || EventRange.of(entry.entityId()).parent() == expected)
                    .isTrue();
            expected = isReset ? 0 : EventRange.of(entry.entityId()).last();
        }
        assertThat(expected).isEqualTo(store.head());
    }

    @Test
    @Tag("EVT11")
    @DisplayName("[EVT11] housekeeping deletes the events of a reset store, and their copies in the log, and no others")
    void housekeeping() {
        filled(NOTES, 2_500);
        filled(OTHERS, 2);
        maintenance.reset(NOTES);
        engine.alone(push(NOTES, events(0, 1), Optional.empty()));
        assertThat(count("lockstep_event")).isEqualTo(2_503);

        engine.removeExpired(NOW);

        assertThat(count("lockstep_event")).isEqualTo(3);
        assertThat(count("lockstep_erased_store")).isZero();
        assertThat(stored(NOTES)).hasSize(1);
        assertThat(stored(OTHERS)).hasSize(2);
        assertThat(logged()).hasSize(6);
        assertThat(logged().stream().filter(entry -> entry.rowAfter().isEmpty()))
                .hasSize(4)
                .allSatisfy(entry -> {
                    assertThat(entry.room()).isEqualTo(NOTES);
                    assertThat(EventRange.isReset(entry.entityId())).isTrue();
                    assertThat(entry.caller()).isEmpty();
                });
        assertThat(logged().getLast().rowAfter()).isPresent();
    }

    @Test
    @Tag("EVT11")
    @DisplayName("[EVT11] an erased store has no event left in the database when the call returns")
    void erasure() {
        filled(NOTES, 2_500);
        maintenance.reset(NOTES);
        engine.alone(push(NOTES, events(0, 1), Optional.empty()));

        maintenance.reset(NOTES);
        maintenance.deleteErased(NOTES);

        assertThat(count("lockstep_event")).isZero();
        assertThat(count("lockstep_erased_store")).isZero();
        assertThat(count("lockstep_action where row_after is not null or caller is not null"))
                .isZero();
    }

    @Test
    @Tag("EVT11")
    @DisplayName("[EVT11] several nodes that delete at the same time delete everything")
    void concurrentDeletes() {
        filled(NOTES, 4_500);
        maintenance.reset(NOTES);

        List<CompletableFuture<Void>> nodes = List.of(1, 2, 3).stream()
                .map(node -> CompletableFuture.runAsync(() -> engine.removeExpired(NOW)))
                .toList();
        nodes.forEach(CompletableFuture::join);

        engine.removeExpired(NOW); // H2 refuses a lock that is not free within a second
        assertThat(count("lockstep_event")).isZero();
        assertThat(count("lockstep_erased_store")).isZero();
    }

    @Test
    @Tag("EVT12")
    @DisplayName("[EVT12] an import keeps numbers, content and times, and is an action of the log without the events")
    void imports() {
        stores.open(NOTES, Optional.empty());

        StoreMaintenance.Import first = maintenance.append(NOTES, imported(0, 3));
        StoreMaintenance.Import second = maintenance.append(
                NOTES, List.of(new ImportedEvent(new StoreEvent(10, 3, "x", "1.0", "c", "s"), Optional.empty())));

        assertThat(first.appended()).isEqualTo(3);
        assertThat(second.store().head()).isEqualTo(10);
        assertThat(stored(NOTES)).extracting(StoredEvent::number).containsExactly(1L, 2L, 3L, 10L);
        assertThat(stored(NOTES).subList(0, 3))
                .extracting(StoredEvent::stampMicros)
                .containsExactly(1L, 2L, 3L);
        assertThat(stored(NOTES).getLast().stampMicros())
                .isEqualTo(logged().getLast().stampMicros());
        assertThat(stored(NOTES))
                .extracting(each -> StoreEvent.of(each.json()).args())
                .endsWith("1.0");
        assertThat(logged())
                .extracting(entry -> EventRange.of(entry.entityId()))
                .containsExactly(new EventRange(0, 3), new EventRange(3, 10));
        assertThat(logged()).allMatch(entry -> entry.rowAfter().isEmpty());
    }

    @Test
    @Tag("EVT12")
    @DisplayName("[EVT12] a repeated import skips the events that the store has, and appends the rest")
    void repeatedImports() {
        stores.open(NOTES, Optional.empty());
        maintenance.append(NOTES, imported(0, 3));

        StoreMaintenance.Import again = maintenance.append(NOTES, imported(1, 5));

        assertThat(again.present()).isEqualTo(2);
        assertThat(again.appended()).isEqualTo(2);
        assertThat(maintenance.append(NOTES, imported(0, 5)).appended()).isZero();
        assertThat(stored(NOTES)).extracting(StoredEvent::number).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    @Tag("EVT12")
    @DisplayName("[EVT12] an import that differs from the store, or does not follow its head, is refused as a whole")
    void otherImports() {
        stores.open(NOTES, Optional.empty());
        maintenance.append(NOTES, imported(0, 3));
        StoreEvent other = new StoreEvent(3, 2, "v1.Noted", "null", "client", "session");

        for (List<ImportedEvent> refused : List.of(
                imported(4, 6),
                List.of(
                        new ImportedEvent(other, Optional.empty()),
                        imported(3, 4).getFirst()),
                List.of(new ImportedEvent(new StoreEvent(9, 2, "x", "1", "c", "s"), Optional.empty())))) {
            assertThatThrownBy(() -> maintenance.append(NOTES, refused))
                    .isInstanceOfSatisfying(
                            SyncException.class,
                            e -> assertThat(e.refusal().code()).isEqualTo(ErrorCode.HEAD_MOVED));
        }
        assertThat(maintenance.find(NOTES).orElseThrow().head()).isEqualTo(3);
    }

    @Test
    @Tag("EVT13")
    @DisplayName("[EVT13] the list of stores has each store of the application once, over all pages")
    void lists() {
        List<String> names = List.of("a", "a-b", "a_b", "B", "b%", "\u0007", "\ud83d\ude00", "Z z");
        names.forEach(name -> stores.open(new StoreName(name).room("workshop"), Optional.empty()));
        stores.open(new StoreName("a").room("office"), Optional.empty());

        List<StoreState> first = maintenance.list("workshop", Optional.empty(), 3);
        List<StoreState> second = maintenance.list("workshop", last(first), 3);
        List<StoreState> third = maintenance.list("workshop", last(second), 3);

        assertThat(List.of(first.size(), second.size(), third.size())).containsExactly(3, 3, 2);
        assertThat(Stream.of(first, second, third).flatMap(List::stream))
                .extracting(store -> StoreName.of(store.room()).value())
                .containsExactlyInAnyOrderElementsOf(names);
        assertThat(maintenance.list("workshop", last(third), 3)).isEmpty();
    }

    private static Optional<StoreName> last(List<StoreState> page) {
        return Optional.of(StoreName.of(page.getLast().room()));
    }
}
