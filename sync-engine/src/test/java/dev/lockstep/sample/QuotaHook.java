package dev.lockstep.sample;

import dev.lockstep.api.Change;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.hook.ChangeHook;
import jakarta.enterprise.context.ApplicationScoped;

/** Hook with a quota of changes, counted when they are applied. */
@ApplicationScoped
public class QuotaHook implements ChangeHook {
    private volatile boolean isUsedUp;

    @Override
    public Change before(Mutation mutation, Change change) {
        if (isUsedUp) {
            throw new SyncException(ErrorCode.FORBIDDEN, "The quota is used up");
        }
        return change;
    }

    public void useUp() {
        isUsedUp = true;
    }
}
