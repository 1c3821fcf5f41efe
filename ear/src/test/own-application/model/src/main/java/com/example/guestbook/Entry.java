package com.example.guestbook;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncRow;
import jakarta.persistence.Entity;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** A guest's entry; each room is a page of the book. */
@Entity
@SyncCollection("entries")
public class Entry extends SyncRow {
    @RoomColumn
    String page;

    @NotBlank
    @Size(max = 200)
    String words;
}
