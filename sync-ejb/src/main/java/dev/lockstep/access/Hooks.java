package dev.lockstep.access;

import dev.lockstep.api.Change;
import dev.lockstep.api.ChangeHook;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult.Applied;
import dev.lockstep.api.SyncException;
import dev.lockstep.collection.ApplicationBeans;
import dev.lockstep.database.ServerResources;
import dev.lockstep.execution.ApplicationExecutor;
import dev.lockstep.room.RoomContext;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The hooks of each application, in order. Thread-safe. */
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

    /** Found when the engine starts, so that one of no application fails the deployment and not the first mutation. */
    void findEarly(@Observes ServerResources starting) {}

    private List<ChangeHook> of(Mutation mutation) {
        return byApplication.getOrDefault(mutation.room().application(), List.of());
    }

    boolean isEmpty(Mutation mutation) {
        return of(mutation).isEmpty();
    }

    /**
     * The mutation as the hooks leave it.
     *
     * @throws RuntimeException if one refuses it, or makes another change of one than it may
     */
    Mutation before(Mutation mutation) {
        return of(mutation).isEmpty() ? mutation : rooms.in(mutation.room(), () -> askedBefore(mutation));
    }

    private Mutation askedBefore(Mutation mutation) {
        Mutation asked = mutation;
        for (ChangeHook hook : of(mutation)) {
            List<Change> changes = new ArrayList<>(asked.changes().size());
            for (Change change : asked.changes()) {
                changes.add(requireSameRows(hook, change, hook.before(asked, change)));
            }
            asked = asked.making(changes);
        }
        return asked;
    }

    private static Change requireSameRows(ChangeHook hook, Change asked, Change made) {
        if (made.getClass() != asked.getClass()
                || !made.in().equals(asked.in())
                || !row(made).equals(row(asked))) {
            throw new IllegalStateException(hook.getClass().getName() + " made another change of one: it may change the"
                    + " values, not the kind, the collection or the row");
        }
        return made;
    }

    private static String row(Change change) {
        return String.valueOf(
                switch (change) {
                    case Change.Insert insert -> insert.id();
                    case Change.Update update -> update.id();
                    case Change.Delete delete -> delete.id();
                    case Change.Archive archive -> archive.id();
                    case Change.Unarchive unarchive -> unarchive.id();
                });
    }

    /** Tells the hooks; what went wrong, is in the answer. */
    Applied after(Mutation mutation, Applied applied) {
        assert ApplicationExecutor.isApplicationThread(Thread.currentThread()) : "a hook on an engine's thread";
        return of(mutation).isEmpty() ? applied : rooms.in(mutation.room(), () -> notifiedAfter(mutation, applied));
    }

    private Applied notifiedAfter(Mutation mutation, Applied applied) {
        List<String> warnings = new ArrayList<>(applied.warnings());
        for (ChangeHook hook : of(mutation)) {
            try {
                hook.after(mutation, applied.rows());
            } catch (SyncException told) {
                warnings.add(told.refusal().message());
            } catch (RuntimeException | Error e) {
                LOG.log(Level.WARNING, "a hook failed after its mutation was done: " + hook.getClass(), e);
                warnings.add("A step that follows the change failed");
            }
        }
        return applied.with(warnings);
    }
}
