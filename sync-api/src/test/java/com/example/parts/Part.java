package com.example.parts;

import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

/** The schema of parts, and the table of their copies. */
@Entity
@SyncCollection(value = "parts", clientIds = true)
public class Part {
    @Id
    @Nullable
    String id;

    @Nullable
    String name;
}
