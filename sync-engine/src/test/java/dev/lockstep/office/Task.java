package dev.lockstep.office;

import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncRow;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** Single-tenant, softly deleted, with the server's ids. */
@Entity(name = "OfficeTask")
@Table(name = "office_tasks")
@SyncCollection("tasks")
public class Task extends SyncRow {
    @Nullable
    String title;
}
