package dev.lockstep.access;

import dev.lockstep.api.Change;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult.Applied;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.hook.ChangeHook;
import dev.lockstep.collection.ApplicationBeans;
import dev.lockstep.execution.ApplicationExecutor;
import dev.lockstep.room.RoomContext;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The {@link ChangeHook}s of each application, in order. Thread-safe. */
@ApplicationScoped
public class Hooks {
    private static final Logger LOG = System.getLogger(Hooks.class.getName());

    private Map<String, List<ChangeHook>> byApplication = Map.of();

    @Inject
    @Any
    private Instance<ChangeHook> declared;

    @Inject
    private RoomContext rooms;

    @PostConstruct
    void find() {
        byApplication = ApplicationBeans.byApplication(declared);
    }

    /** Creates this bean at the start of the engine: an invalid hook fails the deployment, not the first mutation. */
    public void prepare() {}

    private List<ChangeHook> of(Mutation mutation) {
        return byApplication.getOrDefault(mutation.room().application(), List.of());
    }

    boolean isEmpty(Mutation mutation) {
        return of(mutation).isEmpty();
    }

    /**
     * The mutation with the changes that the hooks return.
     *
     * @throws RuntimeException if a hook refuses the mutation, or returns a change of another kind or row
     */
    Mutation before(Mutation mutation) {
        return of(mutation).isEmpty() ? mutation : rooms.in(mutation.room(), () -> callBefore(mutation));
    }

    private Mutation callBefore(Mutation mutation) {
        Mutation current = mutation;
        for (ChangeHook hook : of(mutation)) {
            List<Change> changes = new ArrayList<>(current.changes().size());
            for (Change change : current.changes()) {
                changes.add(requireSameRow(hook, change, hook.before(current, change)));
            }
            current = current.withChanges(changes);
        }
        return current;
    }

    private static Change requireSameRow(ChangeHook hook, Change requested, Change returned) {
        if (returned.getClass() != requested.getClass()
                || !returned.in().equals(requested.in())
                || !row(returned).equals(row(requested))) {
            throw new IllegalStateException(hook.getClass().getName() + " returned another change: a hook may change"
                    + " values, but not the kind, the collection or the row");
        }
        return returned;
    }

    private static String row(Change change) {
        return String.valueOf(
                switch (change) {
                    case Change.Insert insert -> insert.id();
                    case Change.Update update -> update.id();
                    case Change.Delete delete -> delete.id();
                    case Change.Archive archive -> archive.id();
                    case Change.Unarchive unarchive -> unarchive.id();
                    case Change.Append append -> "";
                });
    }

    /** Calls the hooks; their failures become warnings of the result. */
    Applied after(Mutation mutation, Applied applied) {
        assert ApplicationExecutor.isApplicationThread(Thread.currentThread()) : "a hook runs on an engine thread";
        return of(mutation).isEmpty() ? applied : rooms.in(mutation.room(), () -> callAfter(mutation, applied));
    }

    private Applied callAfter(Mutation mutation, Applied applied) {
        List<String> warnings = new ArrayList<>(applied.warnings());
        for (ChangeHook hook : of(mutation)) {
            try {
                hook.after(mutation, applied.rows());
            } catch (SyncException stated) {
                warnings.add(stated.refusal().message());
            } catch (RuntimeException | Error e) {
                LOG.log(Level.WARNING, "A hook failed after the commit of its mutation: " + hook.getClass(), e);
                warnings.add("The change is saved, but a step after it failed");
            }
        }
        return applied.with(warnings);
    }
}
