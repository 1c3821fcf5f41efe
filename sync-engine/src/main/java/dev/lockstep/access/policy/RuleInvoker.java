package dev.lockstep.access.policy;

import dev.lockstep.api.Access;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.SyncException;
import dev.lockstep.database.DatabaseFailures;
import dev.lockstep.database.TransactionFailed;
import dev.lockstep.room.RoomContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Calls application code for an access decision, in the scope of the room. An exception refuses the request permanently;
 * an unavailable database refuses it as retryable.
 */
@ApplicationScoped
public class RuleInvoker {
    private static final Logger LOG = System.getLogger(RuleInvoker.class.getName());

    @Inject
    private RoomContext rooms;

    /** Calls the rule for each room of a request, as that room sees it; returns the first refusal. */
    public Optional<Refusal> invokeInEachRoom(Access access, Function<Access, Optional<Refusal>> rule) {
        return PerChangeCheck.firstRefusal(access, part -> firstRefusalInEachRoom(part, rule));
    }

    private Optional<Refusal> firstRefusalInEachRoom(Access access, Function<Access, Optional<Refusal>> rule) {
        for (Access seen : inEachRoom(access)) {
            Optional<Refusal> refusal = invoke(seen, () -> rule.apply(seen));
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private static List<? extends Access> inEachRoom(Access access) {
        return access instanceof Mutation mutation
                ? mutation.rooms().stream().map(mutation::withRoom).toList()
                : List.of(access);
    }

    /** Calls the rule; a {@code SyncException} that it throws is its refusal. */
    public Optional<Refusal> invoke(Access access, Supplier<Optional<Refusal>> rule) {
        try {
            return rooms.in(access.room(), rule);
        } catch (SyncException refused) {
            return Optional.of(refused.refusal());
        } catch (TransactionFailed e) {
            return Optional.of(DatabaseFailures.UNAVAILABLE);
        } catch (RuntimeException | Error e) {
            if (DatabaseFailures.isTransient(e)) { // the rule itself has queried the database
                DatabaseFailures.report("An access rule could not be evaluated; the request is refused", e);
                return Optional.of(DatabaseFailures.UNAVAILABLE);
            }
            LOG.log(
                    Level.WARNING,
                    "An access rule threw an exception; the request is refused. room=" + access.room(),
                    e);
            return Optional.of(Refusal.forbidden("Forbidden"));
        }
    }
}
