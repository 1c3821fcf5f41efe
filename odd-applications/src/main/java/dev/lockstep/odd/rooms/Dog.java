package dev.lockstep.odd.rooms;

import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Entity;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** An animal: its table holds others, too. */
@Entity(name = "OddDog")
@SyncCollection(value = "dogs", clientIds = true)
public class Dog extends Animal {
    @Size(max = 100)
    @Nullable
    String tricks;
}
