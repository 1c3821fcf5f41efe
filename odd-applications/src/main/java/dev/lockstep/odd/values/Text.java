package dev.lockstep.odd.values;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Texts: with a limit in the entity, with one in the column only, of any length, and as names and ordinals of an enum.
 */
@Entity(name = "OddText")
@Table(name = "odd_texts")
@SyncCollection(value = "texts", clientIds = true)
public class Text {
    @Id
    @Nullable
    String id;

    @RoomColumn
    @Column(nullable = false)
    @Nullable
    String room;

    @Size(max = 10)
    @Column(nullable = false)
    String title = "";

    @Nullable
    String code;

    @Nullable
    String words;

    @Enumerated(EnumType.STRING)
    @Nullable
    Mood mood;

    @Enumerated(EnumType.ORDINAL)
    @Nullable
    Mood rank;

    @Nullable
    UUID identity;
}
