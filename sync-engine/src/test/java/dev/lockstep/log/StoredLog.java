package dev.lockstep.log;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.database.StatementPipeline;
import dev.lockstep.database.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/** The real log on a database. */
record StoredLog(TestDatabase database, ActionLog log) implements ActionLogFixture {
    static Stream<Named<Supplier<ActionLogFixture>>> everyLog() {
        return Stream.of(
                Named.of("in memory", InMemoryLog::new),
                Named.of("on H2", () -> emptied(TestDatabase.h2())),
                Named.of("on PostgreSQL", () -> emptied(TestDatabase.postgresql())));
    }

    /** One without actions. */
    static StoredLog emptied(TestDatabase database) {
        return new StoredLog(database.emptied(), new ActionLog());
    }

    @Override
    public List<Commit> append(List<List<LogEntry>> mutations) {
        return database.transactions()
                .run(scope -> log.append(scope.connection(), LogEntryFixture.ANY_GROUP, mutations));
    }

    @Override
    public List<Commit> readAfter(Seq after, int actionsMax) {
        return database.transactions().run(scope -> log.readAfter(scope.connection(), after, actionsMax));
    }

    @Override
    public Seq head() {
        return database.transactions().run(scope -> log.head(scope.connection()));
    }

    @Override
    public Map<CollectionName, Long> numbers(RoomId room) {
        return database.transactions().run(scope -> FrameNumbers.of(new StatementPipeline(scope.connection()), room));
    }
}
