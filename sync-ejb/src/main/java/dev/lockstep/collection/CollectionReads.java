package dev.lockstep.collection;

import dev.lockstep.api.RoomId;
import dev.lockstep.api.Row;
import dev.lockstep.database.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** Reads collections. Every read is of one instant, and sees everything that was handed to any room before it began. */
@ApplicationScoped
public class CollectionReads {
    @Inject
    private Transactions transactions;

    /** The live rows of a collection in a room, in the collection's order. Blocks on the database. */
    public List<Row> list(CollectionModel model, RoomId room) {
        return transactions.run(scope ->
                new Rows(scope.entities()).list(model, model.roomOf(room).name()));
    }
}
