package dev.lockstep.handler;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.handler.CollectionHandler;
import dev.lockstep.api.handler.Handles;
import dev.lockstep.collection.ApplicationBeans;
import dev.lockstep.collection.ApplicationBeans.ApplicationBean;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.collection.registry.CollectionRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The {@link CollectionHandler}s of all applications. Thread-safe. */
@ApplicationScoped
public class Handlers {
    @Inject
    private CollectionRegistry collections;

    @Inject
    @Any
    private Instance<CollectionHandler> declared;

    private Map<Key, CollectionHandler> byCollection = Map.of();

    private record Key(String application, CollectionName collection) {}

    /** @throws Misconfiguration if a collection has two handlers, or one of another application */
    @PostConstruct
    void find() {
        Map<Key, CollectionHandler> found = new HashMap<>();
        for (ApplicationBean<CollectionHandler> each : ApplicationBeans.find(declared)) {
            CollectionModel model =
                    collections.require(each.type().getAnnotation(Handles.class).value());
            Key key = new Key(model.application(), model.name());
            if (!model.application().equals(each.application()) || found.put(key, each.bean()) != null) {
                throw new Misconfiguration(each.type().getName() + " handles the collection '" + model.name() + "' of '"
                        + model.application() + "': a collection has one handler, in its own application.");
            }
        }
        byCollection = found;
    }

    /** Creates this bean at the start of the engine: an invalid handler fails the deployment, not the first request. */
    public void prepare() {}

    /** Whether there are none. */
    public boolean isEmpty() {
        return byCollection.isEmpty();
    }

    /** Whether an application has any. */
    public boolean has(String application) {
        return byCollection.keySet().stream().anyMatch(key -> key.application().equals(application));
    }

    /** The handler of a collection; empty if the engine stores the rows itself. */
    public Optional<CollectionHandler> find(String application, CollectionName collection) {
        return Optional.ofNullable(byCollection.get(new Key(application, collection)));
    }
}
