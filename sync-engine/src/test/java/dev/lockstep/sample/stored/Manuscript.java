package dev.lockstep.sample.stored;

import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** Large objects, and bytes in the row. */
@Entity(name = "WorkshopManuscript")
@Table(name = "workshop_manuscripts")
@SyncCollection(value = "manuscripts", clientIds = true)
public class Manuscript {
    @Id
    @Nullable
    String id;

    @Lob
    @Nullable
    String essay;

    @Lob
    byte @Nullable [] scan;

    byte @Nullable [] photo;
}
