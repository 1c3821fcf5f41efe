package dev.lockstep.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.tools.ToolChanges;
import dev.lockstep.api.Change;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.Publisher;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.log.Action;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.LogEntry;
import dev.lockstep.log.LogEntry.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** The trigger and the listener of docs/changes-from-outside.md. */
class ToolChangesOnPostgresqlTest {
    private static final Path DOCUMENT = Path.of("../docs/changes-from-outside.md");
    private static final Path TRIGGERS = Path.of("src/test/resources/com/example/tools/triggers.sql");
    private static final Path SOURCE = Path.of("src/test/java/com/example/tools/ToolChanges.java");

    private final TestDatabase database = TestDatabase.postgresql().emptied();
    private final BlockingQueue<String> reported = new LinkedBlockingQueue<>();
    private final ToolChanges changes = new ToolChanges(unpooled(), new Rereading());
    private final Thread thread = new Thread(changes);

    /** A source of connections of its own, as the listener needs one. */
    private PGSimpleDataSource unpooled() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        try (Connection connection = database.dataSource().getConnection()) {
            source.setUrl(connection.getMetaData().getURL());
            source.setUser(connection.getMetaData().getUserName());
            return source;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void createTriggers() throws IOException {
        drop();
        database.execute(Files.readString(TRIGGERS));
    }

    @AfterEach
    void stop() throws InterruptedException {
        changes.stop();
        thread.join();
        drop();
    }

    private void drop() {
        database.execute(
                "drop trigger if exists tool_changed on workshop_tools",
                "drop function if exists tool_changed",
                "drop table if exists tool_changes");
    }

    private void reports(String id) throws InterruptedException {
        assertThat(reported.poll(20, TimeUnit.SECONDS)).isEqualTo(id);
    }

    private List<LogEntry> logged() {
        return database
                .transactions()
                .run(scope -> new ActionLog().readAfter(scope.connection(), Seq.START, 100))
                .stream()
                .flatMap(commit -> commit.actions().stream())
                .map(Action::entry)
                .toList();
    }

    @Test
    @Tag("APP12")
    @DisplayName("[APP12] changes by SQL arrive through the trigger, those that were made before the listener too")
    void listens() throws InterruptedException {
        database.execute("insert into workshop_tools (id, name, created_at) values ('saw', 'a saw', now())");
        thread.start();
        reports("saw");
        database.execute("update workshop_tools set name = 'a better saw' where id = 'saw'");
        reports("saw");
        database.execute("delete from workshop_tools where id = 'saw'");
        reports("saw");

        assertThat(logged()).extracting(LogEntry::kind).containsExactly(Kind.INSERT, Kind.UPDATE, Kind.DELETE);
        assertThat(logged().get(1).rowAfter().orElseThrow()).contains("a better saw");
    }

    @Test
    @DisplayName("docs/changes-from-outside.md shows the trigger and the listener that are tested here")
    void sameText() throws IOException {
        String source = Files.readString(SOURCE);

        assertThat(Files.readString(DOCUMENT))
                .contains("```sql\n" + Files.readString(TRIGGERS) + "```\n")
                .contains("```java\n" + source.substring(source.indexOf("/** Reports rows")) + "```\n");
    }

    /** Reads rows anew as the publisher of the server does. */
    private final class Rereading implements Publisher {
        @Override
        public void changed(Class<?> entity, EntityId id) {
            CollectionModel model = TestDatabase.collections().require(entity);
            database.transactions().run(scope -> {
                ApplicationTransaction transaction = new ApplicationTransaction(Instant.EPOCH);
                transaction.add(new ExternalChange.Reread(model, RoomId.shared(model.application()), id));
                CommitSynchronization completion = new CommitSynchronization(
                        transaction, scope.entities(), TestDatabase.collections(), new ActionLog());
                assertThat(completion.flush()).isTrue();
                completion.append(scope.connection());
                return transaction;
            });
            reported.add(id.value());
        }

        @Override
        public void changed(Class<?> entity, String room, EntityId id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void publish(RoomId room, List<Change> published) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void inserted(Class<?> entity, Collection<EntityId> ids) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void updated(Class<?> entity, Collection<EntityId> ids) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void deleted(Class<?> entity, String room, Collection<EntityId> ids) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void scope(String scope) {
            throw new UnsupportedOperationException();
        }
    }
}
