package dev.lockstep.collection.write;

import dev.lockstep.api.Refusal.Issue;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.RowImage;
import java.util.Optional;

/**
 * One change of a mutation, with the row that it is about as the whole mutation leaves it.
 *
 * @param path what stands before the names of fields where the mutation is a bulk: {@code 3.}
 * @param before the stored row; empty if it is inserted
 * @param after what becomes of it; empty if it goes for good
 */
public record WrittenItem(String path, CollectionModel model, Optional<RowImage> before, Optional<RowImage> after) {
    Issue issue(FieldModel field, String message) {
        return new Issue(path + field.name(), message);
    }
}
