package dev.lockstep.system.probe.web;

import dev.lockstep.api.Collections;
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

/** An endpoint of the application's own, whose transaction stays open for as long as somebody holds a row. */
@Path("own/{board}")
@ApplicationScoped
public class OwnNotes {
    @Inject
    private Collections collections;

    @PersistenceContext(unitName = "lockstep")
    private EntityManager entities;

    /** Adds a note, flushes it, waits for the row of another note, and commits. */
    @POST
    @Transactional
    public String add(
            @PathParam("board") String board, @QueryParam("title") String title, @QueryParam("behind") String behind) {
        Note note = collections.insert(board, Note.titled(title));
        entities.flush();
        entities.find(Note.class, behind, LockModeType.PESSIMISTIC_WRITE);
        return String.valueOf(note.id());
    }
}
