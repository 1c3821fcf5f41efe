package dev.lockstep.identity;

import dev.lockstep.api.identity.Callers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Implements {@code Callers}: revocations and changes of rights of an application's users. */
@ApplicationScoped
class DefaultCallers implements Callers {
    @Inject
    private Revocations revocations;

    @Inject
    private RightsChanges rights;

    @Override
    public void revoked(String application, String subject) {
        revocations.revoked(application, subject);
    }

    @Override
    public void rightsChanged(String application, String subject) {
        rights.changed(application, subject);
    }
}
