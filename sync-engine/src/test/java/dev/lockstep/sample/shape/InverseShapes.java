package dev.lockstep.sample.shape;

import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.sample.shape.Shape.Step;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Parents whose entities are read together with the rows that refer to them. No delete cascades. */
public final class InverseShapes {
    private InverseShapes() {}

    /** The parent. The inverse side of a one-to-one relation is never lazy. */
    @Entity(name = "ShapeAlbum")
    @Table(name = "shape_albums")
    @SyncCollection(value = "albums", clientIds = true)
    public static class Album extends Shaped {
        @Id
        @Nullable
        String id;

        @OneToMany(mappedBy = "parent", fetch = FetchType.EAGER)
        List<Photo> photos = new ArrayList<>();

        /** The same rows, by their column, which only they write. */
        @OneToMany
        @JoinColumn(name = "parent", insertable = false, updatable = false)
        List<Photo> again = new ArrayList<>();

        @OneToOne(mappedBy = "parent")
        @Nullable
        Cover cover;
    }

    /** A child, of which a parent has many. */
    @Entity(name = "ShapePhoto")
    @Table(name = "shape_photos")
    @SyncCollection(value = "photos", clientIds = true)
    public static class Photo extends Shaped {
        @Id
        @Nullable
        String id;

        @ManyToOne(fetch = FetchType.LAZY)
        @JoinColumn(name = "parent")
        @Nullable
        Album parent;
    }

    /** A child, of which a parent has one. */
    @Entity(name = "ShapeCover")
    @Table(name = "shape_covers")
    @SyncCollection(value = "covers", clientIds = true)
    public static class Cover extends Shaped {
        @Id
        @Nullable
        String id;

        @OneToOne(fetch = FetchType.LAZY)
        @JoinColumn(name = "parent")
        @Nullable
        Album parent;
    }

    /** The parent, whose flush persists its children. */
    @Entity(name = "ShapeShelf")
    @Table(name = "shape_shelves")
    @SyncCollection(value = "shelves", clientIds = true)
    public static class Shelf extends Shaped {
        @Id
        @Nullable
        String id;

        @OneToMany(
                mappedBy = "parent",
                fetch = FetchType.EAGER,
                cascade = {CascadeType.PERSIST, CascadeType.MERGE})
        List<Book> books = new ArrayList<>();

        @OneToOne(
                mappedBy = "parent",
                cascade = {CascadeType.PERSIST, CascadeType.DETACH})
        @Nullable
        Plate plate;
    }

    /** A child, of which a parent has many. Its flush persists the parent. */
    @Entity(name = "ShapeBook")
    @Table(name = "shape_books")
    @SyncCollection(value = "books", clientIds = true)
    public static class Book extends Shaped {
        @Id
        @Nullable
        String id;

        @ManyToOne(cascade = CascadeType.PERSIST)
        @JoinColumn(name = "parent")
        @Nullable
        Shelf parent;
    }

    /** A child, of which a parent has one. Its flush persists the parent. */
    @Entity(name = "ShapePlate")
    @Table(name = "shape_plates")
    @SyncCollection(value = "plates", clientIds = true)
    public static class Plate extends Shaped {
        @Id
        @Nullable
        String id;

        @OneToOne(cascade = {CascadeType.PERSIST, CascadeType.DETACH})
        @JoinColumn(name = "parent")
        @Nullable
        Shelf parent;
    }

    /** The tables of albums, photos and covers. */
    public static Shape albums() {
        return Shape.of(
                        "inverse sides that are read with their parent",
                        "albums",
                        Album.class,
                        Step.of("title", "a").shows("\"title\":\"a\""))
                .with(Photo.class)
                .with(Cover.class)
                .columns("id varchar(255) primary key")
                .sql(child("shape_photos", "", "shape_albums"), "drop table if exists shape_photos cascade")
                .sql(child("shape_covers", " unique", "shape_albums"), "drop table if exists shape_covers cascade")
                .chosen("a")
                .then(Step.of("title", "b").shows("\"title\":\"b\""));
    }

    /** The tables of shelves, books and plates. */
    public static Shape shelves() {
        return Shape.of(
                        "both sides persist each other",
                        "shelves",
                        Shelf.class,
                        Step.of("title", "a").shows("\"title\":\"a\""))
                .with(Book.class)
                .with(Plate.class)
                .columns("id varchar(255) primary key")
                .sql(child("shape_books", "", "shape_shelves"), "drop table if exists shape_books cascade")
                .sql(child("shape_plates", " unique", "shape_shelves"), "drop table if exists shape_plates cascade")
                .chosen("a")
                .then(Step.of("title", "b").shows("\"title\":\"b\""));
    }

    private static String child(String table, String constraint, String parent) {
        return "create table " + table + " (id varchar(255) primary key, parent varchar(255)" + constraint
                + " references " + parent + ", room varchar(64) not null, title varchar(200))";
    }

    public static Stream<Shape> all() {
        return Stream.of(albums(), shelves());
    }
}
