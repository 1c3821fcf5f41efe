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
 * Asks application code, inside the room in question. An exception refuses: who cannot answer lets nobody pass. Only a
 * database that is away refuses for the time being.
 */
@ApplicationScoped
public class RuleInvoker {
    private static final Logger LOG = System.getLogger(RuleInvoker.class.getName());

    @Inject
    private RoomContext rooms;

    /** The same of a request as each of its rooms sees it; the first refusal. */
    public Optional<Refusal> invokeInEachRoom(Access access, Function<Access, Optional<Refusal>> question) {
        for (Access seen : inEachRoom(access)) {
            Optional<Refusal> refusal = invoke(seen, () -> question.apply(seen));
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private static List<? extends Access> inEachRoom(Access access) {
        return access instanceof Mutation mutation
                ? mutation.rooms().stream().map(mutation::in).toList()
                : List.of(access);
    }

    /** What the code refuses; what it throws as a {@code SyncException} is a refusal in its own words. */
    public Optional<Refusal> invoke(Access access, Supplier<Optional<Refusal>> question) {
        try {
            return rooms.in(access.room(), question);
        } catch (SyncException refused) {
            return Optional.of(refused.refusal());
        } catch (TransactionFailed e) {
            return Optional.of(DatabaseFailures.UNAVAILABLE);
        } catch (RuntimeException | Error e) {
            if (DatabaseFailures.isTransient(e)) { // the rule asked the database by itself
                DatabaseFailures.report("an access rule could not be asked; the request is refused", e);
                return Optional.of(DatabaseFailures.UNAVAILABLE);
            }
            LOG.log(Level.WARNING, "an access rule threw; the request is refused. room=" + access.room(), e);
            return Optional.of(Refusal.forbidden("Forbidden"));
        }
    }
}
