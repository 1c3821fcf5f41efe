package dev.lockstep.sample.shape;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.UpdatedAt;
import dev.lockstep.sample.shape.Shape.Step;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbTransient;
import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import jakarta.validation.constraints.Size;
import java.io.Serializable;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Attributes that the JPA provider reads by getters, by fields, and by both. */
public final class AccessShapes {
    private AccessShapes() {}

    /** The size of a parcel, by getters as in the class that has it. */
    @Embeddable
    public static class Extent {
        private int width;
        private @Nullable Integer depth;

        public int getWidth() {
            return width;
        }

        public void setWidth(int width) {
            this.width = width;
        }

        @Column(name = "deep")
        public @Nullable Integer getDepth() {
            return depth;
        }

        public void setDepth(@Nullable Integer depth) {
            this.depth = depth;
        }
    }

    /** A row with annotated getters, whose fields have other names and forms. */
    @Entity(name = "ShapeGetters")
    @Table(name = "shape_getters")
    @SyncCollection(value = "getters", clientIds = true)
    public static class ByGetters {
        private @Nullable String key;
        private @Nullable String place;
        private String stored = "";
        private boolean open;
        private @Nullable Extent extent;
        private @Nullable ByGetters parent;
        private @Nullable Instant changed;

        @JsonbTransient
        private @Nullable String secret;

        private int cached;

        @Id
        public @Nullable String getId() {
            return key;
        }

        public void setId(@Nullable String id) {
            key = id;
        }

        @RoomColumn
        @Column(name = "room", nullable = false)
        public @Nullable String getRoom() {
            return place;
        }

        public void setRoom(@Nullable String room) {
            place = room;
        }

        @Size(max = 200)
        @JsonbProperty("title")
        public String getTitle() {
            return stored.toUpperCase(Locale.ROOT);
        }

        public void setTitle(@Nullable String title) {
            stored = String.valueOf(title).toLowerCase(Locale.ROOT);
        }

        public boolean isOpen() {
            return open;
        }

        void setOpen(boolean open) {
            this.open = open;
        }

        @Embedded
        public @Nullable Extent getExtent() {
            return extent;
        }

        public void setExtent(@Nullable Extent extent) {
            this.extent = extent;
        }

        @ManyToOne(fetch = FetchType.LAZY)
        @JoinColumn(name = "above")
        @Nullable
        ByGetters getParent() {
            return parent;
        }

        void setParent(@Nullable ByGetters parent) {
            this.parent = parent;
        }

        @UpdatedAt
        @Column(name = "changed")
        @Nullable
        Instant getChanged() {
            return changed;
        }

        void setChanged(@Nullable Instant changed) {
            this.changed = changed;
        }

        @Nullable
        String getSecret() {
            return secret;
        }

        void setSecret(@Nullable String secret) {
            this.secret = secret;
        }

        @Transient
        public int getCached() {
            return cached++;
        }
    }

    /** An id of a type that its subclass states. */
    @MappedSuperclass
    public abstract static class Keyed<K extends Serializable> {
        @Id
        @Nullable
        K id;
    }

    /** A row with fields, one getter with annotations, and a getter of an Optional. */
    @Entity(name = "ShapeMixed")
    @Table(name = "shape_mixed")
    @SyncCollection(value = "mixed", clientIds = true)
    public static class Mixed extends Keyed<Long> {
        @RoomColumn
        @Column(nullable = false)
        @Nullable
        String room;

        @Nullable
        String title;

        private @Nullable String note;
        private @Nullable Integer count;

        public Optional<String> getNote() {
            return Optional.ofNullable(note);
        }

        @Access(AccessType.PROPERTY)
        @Column(name = "amount")
        public @Nullable Integer getCount() {
            return count == null ? null : count + 1;
        }

        public void setCount(@Nullable Integer count) {
            this.count = count == null ? null : count - 1;
        }
    }

    public static Stream<Shape> all() {
        return Stream.of(getters(), mixed());
    }

    private static Shape getters() {
        return Shape.of(
                        "annotated getters",
                        "getters",
                        ByGetters.class,
                        Step.of("title", "Ab", "open", true, "extent", Map.of("width", 3L), "secret", "s")
                                .shows(
                                        "{\"id\":\"g\",\"open\":true,\"extent\":{",
                                        "\"parent\":null,\"room\":\"p1\",\"title\":\"AB\"",
                                        "\"title\":\"AB\"",
                                        "\"extent\":{\"width\":3,\"depth\":null}")
                                .stores("title", "AB")
                                .stores("coalesce(secret, 'none')", "none"))
                .sql(
                        "create table shape_getters (id varchar(255) primary key, room varchar(64) not null, title"
                                + " varchar(200), open boolean, width integer, deep integer, above varchar(255)"
                                + " references shape_getters, changed timestamp(6) with time zone, secret"
                                + " varchar(9))",
                        "drop table if exists shape_getters cascade")
                .chosen("g")
                .then(Step.of("extent", Map.of("depth", 4L), "parent", "g")
                        .shows("\"title\":\"AB\"", "\"parent\":\"g\"", "\"extent\":{\"width\":3,\"depth\":4}")
                        .stores("deep", "4")
                        .stores("above", "g"))
                .then(Step.of("extent", null, "parent", null, "open", false)
                        .shows("\"open\":false", "\"parent\":null"));
    }

    private static Shape mixed() {
        return Shape.of(
                        "fields and a getter, the id in a generic superclass",
                        "mixed",
                        Mixed.class,
                        Step.of("title", "a", "note", "n", "count", 5L)
                                .shows("\"note\":\"n\"", "\"count\":5")
                                .stores("amount", "5"))
                .columns("id bigint primary key, note varchar(200), amount integer")
                .chosen("7")
                .then(Step.of("count", null).shows("\"count\":null", "\"note\":\"n\""))
                .then(Step.of("note", null, "count", 1L).shows("\"note\":null", "\"count\":1"));
    }
}
