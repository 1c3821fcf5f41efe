package dev.lockstep.snapshot;

import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.row.ListPosition;
import dev.lockstep.collection.row.ListQuery;
import dev.lockstep.collection.row.RowCondition;
import dev.lockstep.collection.row.RowRepository;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The rows of one list that a caller may read. Confined to one transaction. */
final class ReadableList {
    /** Most rows that are read to compare a read filter with its condition. */
    private static final int COMPARED_ROWS_MAX = 1_000;

    private static final Logger LOG = System.getLogger(ReadableList.class.getName());

    private final RowRepository stored;
    private final CollectionModel model;
    private final String room;
    private final ListQuery wanted;
    private final ReadableRows readable;

    ReadableList(RowRepository stored, CollectionModel model, String room, ListQuery wanted, ReadableRows readable) {
        this.stored = stored;
        this.model = model;
        this.room = room;
        this.wanted = wanted;
        this.readable = readable;
    }

    /** The readable rows in order; it ends after the requested number or later. The caller closes the stream. */
    Stream<RowImage> stream() {
        if (readable.condition().isPresent() && readable.isCompared()) {
            compare();
        }
        if (readable.condition().isEmpty() || wanted.rowsMax() == Integer.MAX_VALUE) {
            // The number of rows to read until enough are readable is unknown.
            return stored.stream(model, room, wanted.limitedTo(Integer.MAX_VALUE), readable.condition())
                    .filter(this::isShown);
        }
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(new Pages(), Spliterator.ORDERED), false);
    }

    private boolean isShown(RowImage row) {
        return readable.shown().test(row.row());
    }

    /** Reads as many rows as are wanted, and more while the filter hides some of them. */
    private final class Pages implements Iterator<RowImage> {
        private ListQuery query = wanted;
        private boolean isLast;
        private Iterator<RowImage> page = List.<RowImage>of().iterator();
        private @Nullable RowImage next;

        @Override
        public boolean hasNext() {
            while (next == null && (page.hasNext() || !isLast)) {
                if (!page.hasNext()) {
                    readPage();
                } else {
                    RowImage row = page.next();
                    next = isShown(row) ? row : null;
                }
            }
            return next != null;
        }

        @Override
        public RowImage next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            RowImage row = Objects.requireNonNull(next);
            next = null;
            return row;
        }

        private void readPage() {
            try (Stream<RowImage> rows = stored.stream(model, room, query, readable.condition())) {
                List<RowImage> read = rows.toList();
                isLast = read.size() <= query.rowsMax();
                if (!isLast) {
                    query = query.after(ListPosition.of(read.getLast(), query));
                }
                page = read.iterator();
            }
        }
    }

    /** Logs the rows at the beginning of the list that the filter shows and the condition hides. */
    private void compare() {
        Set<String> shown = shownIds(Optional.empty());
        shown.removeAll(shownIds(readable.condition()));
        if (!shown.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "application={0} collection={1} the read filter shows rows that its criteria hide, so that lists lack"
                            + " them: ids={2}",
                    model.application(),
                    model.name(),
                    shown);
        }
    }

    private Set<String> shownIds(Optional<RowCondition> condition) {
        try (Stream<RowImage> rows = stored.stream(model, room, wanted.limitedTo(COMPARED_ROWS_MAX), condition)) {
            return rows.limit(COMPARED_ROWS_MAX)
                    .filter(this::isShown)
                    .map(row -> row.id().value())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
