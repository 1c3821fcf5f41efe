package dev.lockstep.system.inside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.access.GuardedRooms;
import dev.lockstep.access.RoomAccessRequest;
import dev.lockstep.api.Caller;
import dev.lockstep.api.Change;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Mutations;
import dev.lockstep.api.Operation;
import dev.lockstep.api.Publisher;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.SyncRepository;
import dev.lockstep.log.Action;
import dev.lockstep.log.LogEntry.Kind;
import dev.lockstep.system.probe.model.Comment;
import dev.lockstep.system.probe.model.Note;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import jakarta.validation.ConstraintViolationException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Changes by application code in its own transactions; runs in the probe's WAR. */
@ExtendWith(ArquillianExtension.class)
class OwnTransactionIT {
    private static final CollectionName NOTES = new CollectionName("notes");
    private static final CollectionName COMMENTS = new CollectionName("comments");
    private static final int WAIT_SECONDS_MAX = 10;

    @Inject
    private SyncRepository repository;

    @Inject
    private Mutations mutations;

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
        return ProbeEar.withTestsIn(OwnTransactionIT.class, OwnTransactionIT.Work.class, RecordingSubscriber.class);
    }

    /** Work in a transaction. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    @AfterEach
    void endTransaction() throws Exception {
        if (transaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
            transaction.rollback();
        }
    }

    @Test
    @Tag("APP1")
    @DisplayName("[APP1] the inserts, updates and deletes of a transaction are one commit, in their order")
    void oneCommit() throws Exception {
        String board = anyBoard();
        RecordingSubscriber listener = listeningTo(board);
        Note kept = Note.titled("kept");
        Note gone = Note.titled("gone");
        committed(() -> {
            repository.insert(board, kept);
            repository.insert(board, gone);
        });
        assertThat(listener.next())
                .extracting(action -> action.entry().kind())
                .containsExactly(Kind.INSERT, Kind.INSERT);

        committed(() -> {
            repository.find(Note.class, board, id(kept)).orElseThrow().retitle("kept and changed");
            repository.delete(repository.find(Note.class, board, id(gone)).orElseThrow());
        });

        List<Action> commit = listener.next();
        assertThat(commit).extracting(action -> action.entry().kind()).containsExactly(Kind.UPDATE, Kind.DELETE);
        assertThat(commit.getFirst().entry().changedFields()).containsExactly("title", "updatedAt");
        assertThat(commit.getFirst().entry().rowAfter().orElseThrow()).contains("kept and changed");
        assertThat(titles(board)).containsExactly("kept and changed");
    }

    @Test
    @Tag("APP8")
    @Tag("CW8")
    @DisplayName("[APP8][CW8] an inserted row may take the unique value of a row deleted before it")
    void freed() throws Exception {
        String board = anyBoard();
        Comment quoted = Comment.on(null);
        committed(() -> repository.insert(board, quoted));
        committed(() -> entities.createNativeQuery("create unique index one_quote on probe_comments (board, quoted)")
                .executeUpdate());
        try {
            committed(() -> repository.insert(board, Comment.quoting(quoted)));
            Comment again = Comment.quoting(quoted);
            committed(() -> {
                repository.list(Comment.class, board).stream()
                        .filter(comment -> !Objects.equals(comment.id(), quoted.id()))
                        .forEach(repository::delete);
                repository.insert(board, again);
            });

            assertThat(repository.list(Comment.class, board))
                    .extracting(Comment::id)
                    .containsExactlyInAnyOrder(quoted.id(), again.id());
        } finally {
            committed(() -> entities.createNativeQuery("drop index one_quote").executeUpdate());
        }
    }

    @Test
    @Tag("APP1")
    @DisplayName("[APP1] changes through an application's own EntityManager are one commit, too")
    void ownEntityManager() throws Exception {
        String board = anyBoard();
        RecordingSubscriber listener = listeningTo(board);
        Note note = Note.titled("by hand");
        note.moveTo(board);
        committed(() -> entities.persist(note));
        assertThat(listener.next().getFirst().entry().rowAfter().orElseThrow()).contains("by hand");

        committed(() -> entities.find(Note.class, note.id()).retitle("by hand again"));

        assertThat(listener.next().getFirst().entry().kind()).isEqualTo(Kind.UPDATE);
    }

    @Test
    @Tag("APP1")
    @DisplayName("[APP1] changes that were flushed and cleared before the commit are logged as well")
    void flushedAndCleared() throws Exception {
        String board = anyBoard();
        RecordingSubscriber listener = listeningTo(board);
        Note note = Note.titled("first");
        committed(() -> {
            repository.insert(board, note);
            entities.flush();
            entities.clear();
        });
        assertThat(listener.next()).extracting(action -> action.entry().kind()).containsExactly(Kind.INSERT);

        committed(() -> {
            repository.find(Note.class, board, id(note)).orElseThrow().retitle("second");
            entities.flush();
            entities.clear();
        });

        assertThat(listener.next()).extracting(action -> action.entry().kind()).containsExactly(Kind.UPDATE);
        assertThat(titles(board)).containsExactly("second");
    }

    @Test
    @Tag("APP1")
    @DisplayName("[APP1] a row that moves to another room is deleted in the old one and inserted in the new one")
    void move() throws Exception {
        String from = anyBoard();
        String to = anyBoard();
        Note note = Note.titled("moving");
        committed(() -> repository.insert(from, note));
        RecordingSubscriber old = listeningTo(from);
        RecordingSubscriber next = listeningTo(to);

        committed(
                () -> repository.find(Note.class, from, id(note)).orElseThrow().moveTo(to));

        assertThat(old.next()).extracting(action -> action.entry().kind()).containsExactly(Kind.DELETE);
        assertThat(next.next()).extracting(action -> action.entry().kind()).containsExactly(Kind.INSERT);
    }

    @Test
    @Tag("APP1")
    @DisplayName("[APP1] a rolled-back change is neither stored nor delivered")
    void rolledBack() throws Exception {
        String board = anyBoard();
        RecordingSubscriber listener = listeningTo(board);
        transaction.begin();
        repository.insert(board, Note.titled("never"));
        transaction.rollback();

        committed(() -> repository.insert(board, Note.titled("after")));

        assertThat(listener.next().getFirst().entry().rowAfter().orElseThrow()).contains("after");
        assertThat(titles(board)).containsExactly("after");
    }

    @Test
    @Tag("APP2")
    @DisplayName("[APP2] a violated constraint fails the transaction")
    void invalid() throws Exception {
        String board = anyBoard();
        transaction.begin();

        assertThatThrownBy(() -> repository.insert(board, Note.titled(" ")))
                .isInstanceOf(ConstraintViolationException.class);
    }

    @Test
    @Tag("APP3")
    @DisplayName("[APP3] EntityManager.remove on a row with soft deletes fails; the message names the cure")
    void remove() throws Exception {
        String board = anyBoard();
        Note note = Note.titled("stays");
        committed(() -> repository.insert(board, note));
        transaction.begin();

        assertThatThrownBy(() -> entities.remove(entities.find(Note.class, note.id())))
                .hasMessageContaining("use SyncRepository.delete(entity)");
    }

    @Test
    @Tag("APP4")
    @DisplayName("[APP4] a transaction that locks a row blocks only those that need it")
    void holding() throws Exception {
        String board = anyBoard();
        Note note = Note.titled("locked");
        committed(() -> repository.insert(board, note));
        transaction.begin();
        Note locked = entities.find(Note.class, note.id(), LockModeType.PESSIMISTIC_WRITE);
        locked.retitle("by the holder");
        entities.flush();

        CompletableFuture<MutationResult> blocked = submit(board, new Change.Update(NOTES, id(note), title("wanted")));
        assertThat(await(submit(board, new Change.Insert(NOTES, null, title("free")))))
                .isInstanceOf(MutationResult.Applied.class);
        assertThat(blocked).isNotDone();
        transaction.commit();

        assertThat(await(blocked)).isInstanceOf(MutationResult.Applied.class);
        assertThat(titles(board)).contains("wanted", "free");
    }

    @Test
    @Tag("APP6")
    @DisplayName("[APP6] a delete cascades in the same commit, replies before the comments they belong to")
    void children() throws Exception {
        String board = anyBoard();
        Note note = Note.titled("with comments");
        committed(() -> {
            repository.insert(board, note);
            Comment comment = repository.insert(board, Comment.on(note.id()));
            repository.insert(board, Comment.replyingTo(comment));
        });
        RecordingSubscriber listener = listeningTo(board);

        committed(() ->
                repository.delete(repository.find(Note.class, board, id(note)).orElseThrow()));

        assertThat(listener.next())
                .extracting(
                        action -> action.entry().kind() + " " + action.entry().collection())
                .containsExactlyInAnyOrder("DELETE notes", "DELETE comments", "DELETE comments");
        assertThat(comments(board)).isZero();
    }

    @Test
    @Tag("APP6")
    @DisplayName("[APP6] a removal by an application's own EntityManager cascades, too")
    void childrenOfRemoved() throws Exception {
        String board = anyBoard();
        Comment comment = Comment.on(null);
        committed(() -> {
            repository.insert(board, comment);
            Comment quote = repository.insert(board, Comment.quoting(comment));
            repository.insert(board, Comment.quoting(quote));
        });
        RecordingSubscriber listener = listeningTo(board);

        committed(() -> entities.remove(entities.find(Comment.class, comment.id())));

        assertThat(listener.next())
                .extracting(action -> action.entry().kind())
                .containsExactly(Kind.DELETE, Kind.DELETE, Kind.DELETE);
        assertThat(comments(board)).isZero();
    }

    @Test
    @Tag("APP6")
    @DisplayName("[APP6] a deletion by a statement, reported through the publisher, cascades, too")
    void childrenOfTold() throws Exception {
        String board = anyBoard();
        Comment comment = Comment.on(null);
        committed(() -> {
            repository.insert(board, comment);
            repository.insert(board, Comment.quoting(comment));
        });
        EntityId id = new EntityId(Objects.requireNonNull(comment.id()));
        RecordingSubscriber listener = listeningTo(board);

        committed(() -> {
            entities.createQuery("delete from ProbeComment c where c.id = :id")
                    .setParameter("id", id.value())
                    .executeUpdate();
            publisher.deleted(Comment.class, board, List.of(id));
        });

        assertThat(listener.next())
                .extracting(action -> action.entry().kind())
                .containsExactly(Kind.DELETE, Kind.DELETE);
        assertThat(comments(board)).isZero();
    }

    private int comments(String board) throws Exception {
        transaction.begin();
        try {
            return repository.list(Comment.class, board).size();
        } finally {
            transaction.rollback();
        }
    }

    private void committed(Work work) throws Exception {
        transaction.begin();
        work.run();
        transaction.commit();
    }

    private RecordingSubscriber listeningTo(String board) {
        RecordingSubscriber listener = new RecordingSubscriber();
        rooms.rights(RoomAccessRequest.toSubscribe(Caller.anonymous("probe"), room(board), Set.of(NOTES, COMMENTS)))
                .toCompletableFuture()
                .join()
                .subscribe(listener);
        return listener.awaitJoined();
    }

    private CompletableFuture<MutationResult> submit(String board, Change change) {
        Operation operation = change instanceof Change.Insert ? Operation.INSERT : Operation.UPDATE;
        return mutations
                .submit(new Mutation(
                        Caller.anonymous("probe"),
                        room(board),
                        operation,
                        List.of(change),
                        Optional.empty(),
                        Optional.empty()))
                .toCompletableFuture();
    }

    private static MutationResult await(CompletableFuture<MutationResult> answer) {
        return answer.orTimeout(WAIT_SECONDS_MAX, TimeUnit.SECONDS).join();
    }

    private List<String> titles(String board) throws Exception {
        transaction.begin();
        try {
            return repository.list(Note.class, board).stream()
                    .map(note -> String.valueOf(note.title()))
                    .toList();
        } finally {
            transaction.rollback();
        }
    }

    private static Map<String, Object> title(String title) {
        return Map.of("title", title);
    }

    private static EntityId id(Note note) {
        return new EntityId(String.valueOf(note.id()));
    }

    private static RoomId room(String board) {
        return new RoomId("probe", board);
    }

    private static String anyBoard() {
        return "board-" + UUID.randomUUID();
    }
}
