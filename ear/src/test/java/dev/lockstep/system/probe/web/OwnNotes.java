package dev.lockstep.system.probe.web;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.Publisher;
import dev.lockstep.api.SyncRepository;
import dev.lockstep.system.probe.model.Note;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;

/** The application's own endpoints, whose transactions stay open while another transaction locks a row. */
@Path("own/{board}")
@ApplicationScoped
public class OwnNotes {
    @Inject
    private SyncRepository repository;

    @PersistenceContext(unitName = "lockstep")
    private EntityManager entities;

    @Inject
    private Publisher publisher;

    /** Adds a note, flushes it, waits for the row of another note, and commits. */
    @POST
    @Transactional
    public String add(
            @PathParam("board") String board, @QueryParam("title") String title, @QueryParam("behind") String behind) {
        Note note = repository.insert(board, Note.titled(title));
        entities.flush();
        entities.find(Note.class, behind, LockModeType.PESSIMISTIC_WRITE);
        return String.valueOf(note.id());
    }

    /**
     * Updates a note's title by a statement, reports it, waits for the row of another note, and commits; without
     * another note, it rolls back.
     */
    @POST
    @Path("{note}")
    @Transactional
    public String retitle(
            @PathParam("note") String note, @QueryParam("title") String title, @QueryParam("behind") String behind) {
        entities.createQuery("update ProbeNote n set n.title = :title where n.id = :id")
                .setParameter("title", title)
                .setParameter("id", note)
                .executeUpdate();
        publisher.updated(Note.class, List.of(new EntityId(note)));
        if (entities.find(Note.class, behind, LockModeType.PESSIMISTIC_WRITE) == null) {
            throw new IllegalStateException("as the test wants it");
        }
        return note;
    }
}
