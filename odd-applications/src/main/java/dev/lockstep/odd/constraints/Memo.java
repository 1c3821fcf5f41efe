package dev.lockstep.odd.constraints;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Deletes softly. Its code is unique: on PostgreSQL among the living rows of its room, on H2 among all. */
@Entity(name = "OddMemo")
@Table(name = "odd_memos")
@SyncCollection(value = "memos", clientIds = true)
public class Memo extends SyncRow {
    @RoomColumn
    @Column(nullable = false)
    @Nullable
    String room;

    @Column(nullable = false)
    String code = "";

    @Size(max = 200)
    @Nullable
    String words;
}
