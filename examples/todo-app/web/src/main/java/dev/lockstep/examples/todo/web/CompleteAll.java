package dev.lockstep.examples.todo.web;

import dev.lockstep.api.Caller;
import dev.lockstep.api.Change;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Mutations;
import dev.lockstep.api.Operation;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Row;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.SyncRepository;
import dev.lockstep.examples.todo.Todo;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Completes every todo in one mutation: an endpoint of the application's own. */
@Path("complete-all")
@ApplicationScoped
public class CompleteAll {
    private static final String APPLICATION = "todo-app";
    private static final RoomId ROOM = RoomId.shared(APPLICATION);
    private static final CollectionName TODOS = new CollectionName("todos");

    @Inject
    private SyncRepository repository;

    @Inject
    private Mutations mutations;

    /** Returns the changed todos. Without todos, there is no mutation and no frame. */
    @POST
    @Produces(MediaType.APPLICATION_JSON)
    @Transactional
    public CompletionStage<String> completeAll() {
        List<Change> changes = repository.list(Todo.class, ROOM.name()).stream()
                .map(CompleteAll::completed)
                .toList();
        if (changes.isEmpty()) {
            return CompletableFuture.completedStage(answer(List.of()));
        }
        if (changes.size() > Mutation.CHANGES_MAX) {
            throw new SyncException(
                    ErrorCode.TOO_LARGE,
                    "There are " + changes.size() + " todos; at most " + Mutation.CHANGES_MAX
                            + " are completed at once");
        }
        return mutations.submit(bulkUpdate(changes)).thenApply(result -> switch (result) {
            case MutationResult.Applied applied -> answer(applied.rows());
            case MutationResult.Refused refused -> throw new SyncException(refused.refusal());
        });
    }

    private static Change completed(Todo todo) {
        return new Change.Update(TODOS, new EntityId(Objects.requireNonNull(todo.id())), Map.of("completed", true));
    }

    private static Mutation bulkUpdate(List<Change> changes) {
        return new Mutation(
                Caller.anonymous(APPLICATION),
                ROOM,
                Operation.BULK_UPDATE,
                changes,
                Optional.empty(),
                Optional.empty());
    }

    /** Omits todos that were deleted meanwhile. */
    private static String answer(List<Optional<Row>> rows) {
        return rows.stream()
                .flatMap(Optional::stream)
                .map(Row::json)
                .collect(Collectors.joining(",", "{\"success\":true,\"updatedTodos\":[", "]}"));
    }
}
