package dev.lockstep.identity;

import dev.lockstep.api.identity.Callers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Passes on what applications tell of their users. */
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
