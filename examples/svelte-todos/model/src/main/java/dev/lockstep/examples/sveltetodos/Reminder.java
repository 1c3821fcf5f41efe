package dev.lockstep.examples.sveltetodos;

import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** A reminder: the channel {@code reminders}. The entity is the server's copy; {@link RemindersInMemory} keeps the reminders. */
@Entity
@Table(name = "svelte_todos_reminders")
@SyncCollection("reminders")
public class Reminder {
    @Id
    @Nullable
    String id;

    @NotBlank
    @Size(max = 500)
    @Nullable
    String text;
}
