package dev.lockstep.odd.forms;

import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.odd.shapes.ShapedRow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.PrimaryKeyJoinColumn;
import jakarta.persistence.SecondaryTable;
import jakarta.persistence.Table;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Columns in two tables. */
@Entity(name = "OddBook")
@Table(name = "odd_books")
@SecondaryTable(name = "odd_book_details", pkJoinColumns = @PrimaryKeyJoinColumn(name = "book"))
@SyncCollection(value = "books", clientIds = true)
public class Book extends ShapedRow {
    @Size(max = 30)
    @Nullable
    String title;

    @Column(table = "odd_book_details")
    @Size(max = 30)
    @Nullable
    String summary;

    @Column(table = "odd_book_details")
    @Nullable
    Integer pages;
}
