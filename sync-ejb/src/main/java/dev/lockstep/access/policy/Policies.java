package dev.lockstep.access.policy;

import dev.lockstep.api.Access;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.access.AccessPolicy;
import dev.lockstep.collection.CollectionRegistry;
import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.database.ServerResources;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;

/** The policy of each application. Thread-safe. */
@ApplicationScoped
public class Policies {
    /** What an anonymous caller is told. */
    public static final Refusal UNAUTHORIZED = new Refusal(ErrorCode.UNAUTHENTICATED, "Unauthorized");

    private static final AccessPolicy OPEN = AccessPolicy.builder().build();

    private final Map<String, AccessPolicy> byApplication = new HashMap<>();

    @Inject
    private CollectionRegistry collections;

    @Inject
    @Any
    private Instance<AccessPolicy> declared;

    @PostConstruct
    void find() {
        declared.handlesStream().forEach(handle -> {
            Class<?> by = handle.getBean().getBeanClass();
            String application = CollectionRegistry.applicationOf(by)
                    .orElseThrow(() -> new Misconfiguration(by.getName() + " makes an AccessPolicy of no application:"
                            + " annotate its package, in package-info.java, with"
                            + " @SyncApplication(\"name-of-the-application\")."));
            AccessPolicy policy = handle.get();
            new PolicyCheck(application, policy, collections.of(application)).check();
            if (byApplication.put(application, policy) != null) {
                throw new Misconfiguration(
                        "The application '" + application + "' has two AccessPolicies: make one of them.");
            }
        });
    }

    /** Found when the engine starts, so that one that cannot work fails the deployment and not the first request. */
    void findEarly(@Observes ServerResources starting) {}

    /** The policy that holds for a request; one that refuses nothing, where the application has none. */
    public AccessPolicy of(Access access) {
        return of(access.room().application());
    }

    /** The same of an application. */
    public AccessPolicy of(String application) {
        return byApplication.getOrDefault(application, OPEN);
    }
}
