package dev.lockstep.access.policy;

import dev.lockstep.api.Access;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.access.AccessRule;
import dev.lockstep.collection.ApplicationBeans;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@link AccessRule}s of each application, in order. Thread-safe. */
@ApplicationScoped
public class ApplicationRules {
    private Map<String, List<AccessRule>> byApplication = Map.of();

    @Inject
    private RuleInvoker ruleInvoker;

    @Inject
    @Any
    private Instance<AccessRule> declared;

    @PostConstruct
    void find() {
        byApplication = ApplicationBeans.byApplication(declared);
    }

    /** Creates this bean at the start of the engine: an invalid rule fails the deployment, not the first request. */
    public void prepare() {}

    /** Whether an application has rules of its own. */
    public boolean has(String application) {
        return byApplication.containsKey(application);
    }

    /** The first refusal, in the order of the rules. */
    public Optional<Refusal> firstRefusal(Access access) {
        for (AccessRule rule : byApplication.getOrDefault(access.room().application(), List.of())) {
            Optional<Refusal> refusal = ruleInvoker.invokeInEachRoom(access, rule::refuses);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }
}
