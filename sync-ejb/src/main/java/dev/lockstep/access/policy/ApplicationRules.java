package dev.lockstep.access.policy;

import dev.lockstep.api.Access;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.access.AccessRule;
import dev.lockstep.collection.CollectionRegistry;
import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.database.ServerResources;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The access rules of each application, in order. Thread-safe. */
@ApplicationScoped
public class ApplicationRules {
    private final Map<String, List<AccessRule>> byApplication = new HashMap<>();

    @Inject
    private RuleInvoker ruleInvoker;

    @Inject
    @Any
    private Instance<AccessRule> declared;

    @PostConstruct
    void find() {
        List<? extends Instance.Handle<AccessRule>> handles = declared.handlesStream()
                .sorted(Comparator.comparingInt(
                        handle -> priority(handle.getBean().getBeanClass())))
                .toList();
        for (Instance.Handle<AccessRule> handle : handles) {
            Class<?> rule = handle.getBean().getBeanClass();
            String application = CollectionRegistry.applicationOf(rule)
                    .orElseThrow(() -> new Misconfiguration(rule.getName()
                            + " is an AccessRule of no application: annotate its package, in package-info.java, with"
                            + " @SyncApplication(\"name-of-the-application\")."));
            byApplication
                    .computeIfAbsent(application, name -> new ArrayList<>())
                    .add(handle.get());
        }
    }

    /** Found when the engine starts, so that a rule of no application fails the deployment and not the first request. */
    void findEarly(@Observes ServerResources starting) {}

    private static int priority(Class<?> rule) {
        Priority priority = rule.getAnnotation(Priority.class);
        return priority == null ? Interceptor.Priority.APPLICATION : priority.value();
    }

    /** Whether an application has rules of its own. */
    public boolean has(String application) {
        return byApplication.containsKey(application);
    }

    /** The first refusal, in their order. */
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
