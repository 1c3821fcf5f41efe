package dev.lockstep.odd.shapes;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Annotated getters, whose fields have other names. Refers to another gauge. */
@Entity(name = "OddGauge")
@Table(name = "odd_gauges")
@SyncCollection(value = "gauges", clientIds = true)
public class Gauge {
    private @Nullable String key;
    private @Nullable String place;
    private @Nullable String words;
    private boolean wide;
    private @Nullable Gauge above;

    @Id
    public @Nullable String getId() {
        return key;
    }

    public void setId(@Nullable String id) {
        key = id;
    }

    @RoomColumn
    @Column(nullable = false)
    public @Nullable String getRoom() {
        return place;
    }

    public void setRoom(@Nullable String room) {
        place = room;
    }

    @Size(max = 30)
    public @Nullable String getTitle() {
        return words;
    }

    public void setTitle(@Nullable String title) {
        words = title;
    }

    @Column(name = "is_open")
    public boolean isOpen() {
        return wide;
    }

    public void setOpen(boolean open) {
        wide = open;
    }

    @ManyToOne
    @JoinColumn(name = "above_id")
    public @Nullable Gauge getParent() {
        return above;
    }

    public void setParent(@Nullable Gauge parent) {
        above = parent;
    }
}
