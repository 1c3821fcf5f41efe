package dev.lockstep.access.policy;

import dev.lockstep.api.Change;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.Row;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.Reference;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.collection.row.RowRepository;
import dev.lockstep.database.DatabaseFailures;
import dev.lockstep.database.TransactionFailed;
import dev.lockstep.database.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Checks that relations refer to rows that the caller may read, where read filters hide some. That the rows exist in the
 * room is checked by the writer.
 */
@ApplicationScoped
public class ReferenceVisibility {
    @Inject
    private CollectionRegistry collections;

    @Inject
    private ReadFilters filters;

    @Inject
    private Transactions transactions;

    /**
     * A value that refers to a row of a collection with a filter.
     *
     * @param path the place of the value in the mutation
     */
    private record Named(Reference reference, EntityId id, String path) {}

    /**
     * The refusal of a mutation that names a hidden row. May block on the database: never call it on an I/O thread, the
     * writer's or the publisher's.
     */
    public Optional<Refusal> refuses(Mutation mutation) {
        List<Named> named = named(mutation);
        if (named.isEmpty()) {
            return Optional.empty();
        }
        Map<CollectionModel, Map<EntityId, RowImage>> rows;
        try {
            rows = read(named);
        } catch (TransactionFailed e) {
            return Optional.of(DatabaseFailures.UNAVAILABLE);
        }
        for (Named one : named) {
            CollectionModel parent = one.reference().parent();
            Optional<Row> row = Optional.ofNullable(
                            rows.getOrDefault(parent, Map.of()).get(one.id()))
                    .map(RowImage::row);
            Predicate<Row> shows = filters.of(mutation, parent.name()).orElse(any -> true);
            if (row.isPresent() && !shows.test(row.get())) {
                return Optional.of(one.reference().refusal(one.path()));
            }
        }
        return Optional.empty();
    }

    private Map<CollectionModel, Map<EntityId, RowImage>> read(List<Named> named) {
        Map<CollectionModel, SortedSet<EntityId>> ids = new LinkedHashMap<>();
        named.forEach(one -> ids.computeIfAbsent(one.reference().parent(), first -> new TreeSet<>())
                .add(one.id()));
        return transactions.snapshot(scope -> {
            Map<CollectionModel, Map<EntityId, RowImage>> found = new LinkedHashMap<>();
            ids.forEach((model, wanted) -> found.put(model, new RowRepository(scope.entities()).images(model, wanted)));
            return found;
        });
    }

    private List<Named> named(Mutation mutation) {
        List<Named> named = new ArrayList<>();
        int index = 0;
        for (Change change : mutation.changes()) {
            String path = mutation.isBulk() ? index++ + "." : "";
            if (change instanceof Change.Insert insert) {
                named.addAll(named(mutation, insert.in(), insert.fields(), path));
            } else if (change instanceof Change.Update update) {
                named.addAll(named(mutation, update.in(), update.fields(), path));
            }
        }
        return named;
    }

    private List<Named> named(
            Mutation mutation, CollectionName name, Map<String, @Nullable Object> fields, String path) {
        Optional<CollectionModel> model = collections.find(mutation.room().application(), name);
        if (model.isEmpty()) {
            return List.of(); // the validation of the mutation refuses it
        }
        Set<Reference> filtered = collections.references().filteredBy(model.get());
        List<Named> named = new ArrayList<>();
        for (Reference reference : filtered) {
            if (fields.get(reference.field().name()) instanceof String text
                    && reference.field().idType().read(text).isPresent()
                    && !text.isEmpty()
                    && text.length() <= EntityId.CHARACTERS_MAX) {
                named.add(new Named(
                        reference, new EntityId(text), path + reference.field().name()));
            }
        }
        return named;
    }
}
