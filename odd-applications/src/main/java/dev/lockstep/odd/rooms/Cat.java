package dev.lockstep.odd.rooms;

import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Entity;
import org.jspecify.annotations.Nullable;

/** An animal: its table holds others, too. */
@Entity(name = "OddCat")
@SyncCollection(value = "cats", clientIds = true)
public class Cat extends Animal {
    @Nullable
    Integer lives;
}
