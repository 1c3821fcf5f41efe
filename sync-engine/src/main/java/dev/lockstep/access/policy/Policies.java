package dev.lockstep.access.policy;

import dev.lockstep.api.Access;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.access.AccessPolicy;
import dev.lockstep.collection.ApplicationBeans;
import dev.lockstep.collection.registry.CollectionRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Map;

/** The {@link AccessPolicy} of each application. Thread-safe. */
@ApplicationScoped
public class Policies {
    /** The refusal of an anonymous caller. */
    public static final Refusal UNAUTHORIZED = new Refusal(ErrorCode.UNAUTHENTICATED, "Unauthorized");

    private static final AccessPolicy OPEN = AccessPolicy.builder().build();

    private Map<String, AccessPolicy> byApplication = Map.of();

    @Inject
    private CollectionRegistry collections;

    @Inject
    @Any
    private Instance<AccessPolicy> declared;

    @PostConstruct
    void find() {
        byApplication = ApplicationBeans.singleByApplication(AccessPolicy.class, declared);
        byApplication.forEach(
                (application, policy) -> new PolicyCheck(application, policy, collections.of(application)).check());
    }

    /** Creates this bean at the start of the engine: an invalid policy fails the deployment, not the first request. */
    public void prepare() {}

    /** The policy for a request; one that refuses nothing, if the application has none. */
    public AccessPolicy of(Access access) {
        return of(access.room().application());
    }

    /** The policy of an application, as {@link #of(Access)}. */
    public AccessPolicy of(String application) {
        return byApplication.getOrDefault(application, OPEN);
    }
}
