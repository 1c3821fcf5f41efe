package dev.lockstep.system.inside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.access.GuardedRooms;
import dev.lockstep.access.RoomAccessRequest;
import dev.lockstep.api.Caller;
import dev.lockstep.api.Change;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.Publisher;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.SyncRepository;
import dev.lockstep.log.Action;
import dev.lockstep.log.LogEntry;
import dev.lockstep.log.LogEntry.Kind;
import dev.lockstep.system.probe.model.Note;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Changes by application code without JPA, reported through the publisher; runs in the probe's WAR. */
@ExtendWith(ArquillianExtension.class)
class PublisherIT {
    private static final CollectionName NOTES = new CollectionName("notes");

    private final String board = "board-" + UUID.randomUUID();

    @Inject
    private SyncRepository repository;

    @Inject
    private Publisher publisher;

    @Inject
    private GuardedRooms rooms;

    @Inject
    private UserTransaction transaction;

    @PersistenceContext(unitName = "lockstep")
    private EntityManager entities;

    @Deployment
    static EnterpriseArchive ear() {
        return ProbeEar.withTestsIn(PublisherIT.class, RecordingSubscriber.class);
    }

    @AfterEach
    void endTransaction() throws Exception {
        if (transaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
            transaction.rollback();
        }
    }

    private RecordingSubscriber listening() {
        RecordingSubscriber listener = new RecordingSubscriber();
        rooms.rights(RoomAccessRequest.toSubscribe(
                        Caller.anonymous("probe"), new RoomId("probe", board), Set.of(NOTES)))
                .toCompletableFuture()
                .join()
                .subscribe(listener);
        return listener.awaitJoined();
    }

    private List<EntityId> twoNotes() throws Exception {
        transaction.begin();
        Note one = repository.insert(board, Note.titled("one"));
        Note two = repository.insert(board, Note.titled("two"));
        List<EntityId> ids = List.of(new EntityId(String.valueOf(one.id())), new EntityId(String.valueOf(two.id())));
        transaction.commit();
        return ids;
    }

    private void retitleByStatement(String title) {
        entities.createQuery("update ProbeNote n set n.title = :title where n.board = :board")
                .setParameter("title", title)
                .setParameter("board", board)
                .executeUpdate();
    }

    private void deleteBySql(EntityId id) {
        entities.createNativeQuery("delete from probe_notes where id = :id")
                .setParameter("id", id.value())
                .executeUpdate();
    }

    @Test
    @Tag("APP5")
    @DisplayName("[APP5] a row changed by a statement is sent as it is when the transaction completes")
    void updates() throws Exception {
        List<EntityId> ids = twoNotes();
        RecordingSubscriber listener = listening();

        transaction.begin();
        repository.find(Note.class, board, ids.getFirst()); // JPA's cached state does not count
        publisher.updated(Note.class, ids);
        publisher.scope("by statement");
        retitleByStatement("both");
        transaction.commit();

        List<LogEntry> logged = listener.next().stream().map(Action::entry).toList();
        assertThat(logged).extracting(LogEntry::kind).containsExactly(Kind.UPDATE, Kind.UPDATE);
        assertThat(logged).allMatch(entry -> entry.rowAfter().orElseThrow().contains("\"title\":\"both\""));
        assertThat(logged).allMatch(entry -> entry.scope().orElseThrow().equals("by statement"));
    }

    @Test
    @Tag("APP5")
    @DisplayName("[APP5] published changes are one commit with the changes of entities, and come after them")
    void oneCommit() throws Exception {
        List<EntityId> ids = twoNotes();
        RecordingSubscriber listener = listening();

        transaction.begin();
        deleteBySql(ids.getFirst());
        publisher.deleted(Note.class, board, ids.subList(0, 1));
        repository.insert(board, Note.titled("three"));
        transaction.commit();

        assertThat(listener.next())
                .extracting(action -> action.entry().kind())
                .containsExactly(Kind.INSERT, Kind.DELETE);
    }

    @Test
    @Tag("APP5")
    @DisplayName("[APP5] a rolled-back transaction logs and sends nothing")
    void rolledBack() throws Exception {
        List<EntityId> ids = twoNotes();
        RecordingSubscriber listener = listening();
        transaction.begin();
        retitleByStatement("never");
        publisher.updated(Note.class, ids);
        transaction.rollback();

        transaction.begin();
        repository.insert(board, Note.titled("next"));
        transaction.commit();

        assertThat(listener.next()).extracting(action -> action.entry().kind()).containsExactly(Kind.INSERT);
        assertThat(entities.createNativeQuery("select count(*) from lockstep_action where room = :board", Long.class)
                        .setParameter("board", board)
                        .getSingleResult())
                .isEqualTo(3L);
    }

    @Test
    @Tag("APP5")
    @DisplayName("[APP5] a transaction that reports a missing row fails; the message names the cure")
    void notThere() throws Exception {
        List<EntityId> ids = twoNotes();
        transaction.begin();
        deleteBySql(ids.getFirst());
        publisher.updated(Note.class, ids);

        assertThatThrownBy(transaction::commit)
                .isInstanceOf(RollbackException.class)
                .hasStackTraceContaining("does not exist: announce it with Publisher.deleted");
    }

    @Test
    @Tag("APP5")
    @DisplayName("[APP5] a report outside a transaction is refused")
    void noTransaction() {
        assertThatThrownBy(() -> publisher.updated(Note.class, List.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("there is no transaction: begin one, or annotate the method with @Transactional");
        assertThatThrownBy(() -> publisher.updated(String.class, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Change retitled(EntityId id, String title) {
        return new Change.Update(NOTES, id, Map.of("title", title));
    }

    @Test
    @Tag("APP11")
    @DisplayName("[APP11] publications outside a transaction are durable at their return, each batch as one commit")
    void publishes() throws Exception {
        List<EntityId> ids = twoNotes();
        EntityId made = new EntityId("made-" + UUID.randomUUID());
        RoomId room = new RoomId("probe", board);
        RecordingSubscriber listener = listening();

        publisher.publish(
                room,
                List.of(
                        new Change.Insert(NOTES, made, Map.of("title", "new")),
                        new Change.Insert(NOTES, ids.getFirst(), Map.of("title", "in place")),
                        new Change.Delete(NOTES, ids.getLast())));

        List<LogEntry> logged = listener.next().stream().map(Action::entry).toList();
        assertThat(logged).extracting(LogEntry::kind).containsExactlyInAnyOrder(Kind.INSERT, Kind.UPDATE, Kind.DELETE);
        assertThat(repository.find(Note.class, board, made)).isPresent();
    }

    @Test
    @Tag("APP11")
    @DisplayName("[APP11] a publication in a transaction commits and rolls back with it")
    void publishesInTransaction() throws Exception {
        List<EntityId> ids = twoNotes();
        RoomId room = new RoomId("probe", board);
        RecordingSubscriber listener = listening();
        transaction.begin();
        publisher.publish(room, retitled(ids.getFirst(), "never"));
        transaction.rollback();

        transaction.begin();
        publisher.publish(room, retitled(ids.getFirst(), "published"));
        repository.insert(board, Note.titled("beside it"));
        transaction.commit();

        assertThat(listener.next())
                .extracting(action -> action.entry().kind())
                .containsExactlyInAnyOrder(Kind.UPDATE, Kind.INSERT);
    }

    @Test
    @Tag("APP11")
    @DisplayName("[APP11] a refused publication leaves nothing behind")
    void refusedPublication() throws Exception {
        List<EntityId> ids = twoNotes();
        RoomId room = new RoomId("probe", board);

        assertThatThrownBy(() -> publisher.publish(
                        room, List.of(retitled(ids.getFirst(), "lost"), retitled(new EntityId("missing"), "t"))))
                .isInstanceOf(SyncException.class)
                .hasMessageContaining("Row 'missing' of 'notes' does not exist");
        assertThat(repository.list(Note.class, board)).noneMatch(note -> "lost".equals(note.title()));
    }

    @Test
    @Tag("APP12")
    @DisplayName("[APP12] a row that another program changed is read anew, outside a transaction too")
    void changedByAnother() throws Exception {
        List<EntityId> ids = twoNotes();
        RecordingSubscriber listener = listening();
        transaction.begin();
        retitleByStatement("by another program");
        transaction.commit();

        publisher.changed(Note.class, board, ids.getFirst());
        publisher.changed(Note.class, board, ids.getFirst());
        publisher.changed(Note.class, board, ids.getLast());

        for (EntityId id : ids) {
            assertThat(listener.next())
                    .allMatch(action -> action.entry().entityId().equals(id)
                            && action.entry().rowAfter().orElseThrow().contains("by another program"));
        }
    }
}
