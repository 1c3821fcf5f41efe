package dev.lockstep.wire.endpoint;

import dev.lockstep.api.Caller;
import dev.lockstep.wire.application.ServedApplication;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;

/** Makes the caller of the current request injectable. {@link CallerExtension} keeps it out of beans that live longer. */
@ApplicationScoped
class CallerBeans {
    @Inject
    private ServedApplication application;

    // Dependent, without parameters and without a disposer: a Provider<Caller> keeps nothing of what it returned.
    @Produces
    Caller caller() {
        return application.caller();
    }
}
