package dev.lockstep.collection.registry;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Descriptions of the deployment's applications. Each web application publishes its own, and any of them can show all. The
 * values are texts, because web applications do not share classes. Thread-safe.
 */
@ApplicationScoped
public class ApplicationDocuments {
    private final Map<String, String> documents = new ConcurrentSkipListMap<>();

    /** Publishes the description of an application in place of the one before. */
    public void publish(String application, String document) {
        documents.put(application, document);
    }

    /** The published descriptions by application, in the order of their names. */
    public Map<String, String> all() {
        return new TreeMap<>(documents);
    }
}
