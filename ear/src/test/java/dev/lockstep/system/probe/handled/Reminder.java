package dev.lockstep.system.probe.handled;

import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** The copy of a reminder that is kept in memory. */
@Entity(name = "HandledReminder")
@Table(name = "handled_reminders")
@SyncCollection(value = "reminders", clientIds = true)
public class Reminder {
    @Id
    @Nullable
    String id;

    @Column(nullable = false)
    @Size(max = 200)
    @Nullable
    String text;

    /** The only user or till that may read it; all, if it has none. */
    @Nullable
    String reader;
}
