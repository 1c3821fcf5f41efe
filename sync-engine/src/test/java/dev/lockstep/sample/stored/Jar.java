package dev.lockstep.sample.stored;

import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** One table, with columns of several types. */
@Entity(name = "WorkshopJar")
@Table(name = "workshop_jars")
@SyncCollection("jars")
public class Jar {
    @Id
    @Nullable
    String id;

    @Nullable
    String title;

    int weight;

    @Column(name = "opened_at")
    @Nullable
    LocalDateTime openedAt;
}
