package dev.lockstep.collection.write;

import dev.lockstep.api.Refusal.Issue;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.FieldModel;
import dev.lockstep.collection.RowImage;
import java.util.Optional;

/**
 * One change of a mutation, with its row before and after the whole mutation.
 *
 * @param path the prefix of field names in a bulk, such as {@code 3.}
 * @param before the stored row; empty for an insert
 * @param after the resulting row; empty for a hard delete
 */
public record WrittenItem(String path, CollectionModel model, Optional<RowImage> before, Optional<RowImage> after) {
    Issue issue(FieldModel field, String message) {
        return new Issue(path + field.name(), message);
    }
}
