package dev.lockstep.collection.registry;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.collection.ApplicationBeans;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.collection.References;
import dev.lockstep.collection.mapping.HandledEntities;
import dev.lockstep.collection.mapping.LazyReferences;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** All collections of the deployment, by application. Immutable. */
public final class CollectionRegistry {
    private static final Pattern APPLICATION = Pattern.compile("[a-z0-9-]{1,64}");

    private final Map<String, Map<CollectionName, CollectionModel>> byApplication = new TreeMap<>();
    private final References references;

    /**
     * Reads the collections of entities.
     *
     * @param entities the entity classes of the persistence unit. Those without {@link SyncCollection} only tell that there
     *     is an application
     * @throws Misconfiguration if an entity's annotations cannot work, or if two entities have the same name
     */
    public CollectionRegistry(Collection<Class<?>> entities) {
        this(entities, Map.of());
    }

    /**
     * Reads the collections of entities, as {@link #CollectionRegistry(Collection)}.
     *
     * @param filtered by application, the names of collections with a read filter
     */
    public CollectionRegistry(Collection<Class<?>> entities, Map<String, Set<String>> filtered) {
        this(entities, filtered, Map.of());
    }

    /**
     * Reads the collections of entities, as {@link #CollectionRegistry(Collection, Map)}.
     *
     * @param handled the entities whose rows are kept elsewhere, and what their handlers offer
     */
    public CollectionRegistry(
            Collection<Class<?>> entities,
            Map<String, Set<String>> filtered,
            Map<Class<?>, HandledEntities.Offer> handled) {
        entities.stream()
                .filter(entity -> entity.isAnnotationPresent(SyncCollection.class))
                .sorted((a, b) -> a.getName().compareTo(b.getName()))
                .map(entity -> CollectionModelReader.read(entity, entities))
                .map(model -> isFiltered(model, filtered) ? model.withFilter() : model)
                .map(model -> handled.containsKey(model.entity()) ? model.handled(handled.get(model.entity())) : model)
                .forEach(this::add);
        entities.forEach(entity -> ApplicationBeans.findApplicationOf(entity)
                .ifPresent(application -> addApplication(application, entity)));
        references = References.among(all());
    }

    private static boolean isFiltered(CollectionModel model, Map<String, Set<String>> filtered) {
        return filtered.getOrDefault(model.application(), Set.of())
                .contains(model.name().value());
    }

    private void add(CollectionModel model) {
        CollectionModel other =
                addApplication(model.application(), model.entity()).put(model.name(), model);
        if (other != null) {
            throw new Misconfiguration(
                    model.entity().getName() + " and " + other.entity().getName()
                            + " are both the collection '" + model.name() + "' of '" + model.application()
                            + "': rename one.");
        }
    }

    private Map<CollectionName, CollectionModel> addApplication(String application, Class<?> member) {
        if (!APPLICATION.matcher(application).matches()) {
            throw new Misconfiguration(member.getPackageName() + " has @SyncApplication(\"" + application
                    + "\"): a name is 1 to 64 lower-case letters, digits or '-'.");
        }
        return byApplication.computeIfAbsent(application, name -> new LinkedHashMap<>());
    }

    /** The collections of all applications. */
    public List<CollectionModel> all() {
        return byApplication.values().stream()
                .flatMap(models -> models.values().stream())
                .toList();
    }

    /** The references between the collections. */
    public References references() {
        return references;
    }

    /** The names of the applications that have entities, sorted. */
    public Set<String> applications() {
        return new TreeSet<>(byApplication.keySet());
    }

    /** The collections of an application, in the order of their entities' class names. */
    public List<CollectionModel> of(String application) {
        return List.copyOf(byApplication.getOrDefault(application, Map.of()).values());
    }

    /** The collection of this name in the application. */
    public Optional<CollectionModel> find(String application, CollectionName name) {
        return Optional.ofNullable(
                byApplication.getOrDefault(application, Map.of()).get(name));
    }

    /** The collection of an entity class. */
    public Optional<CollectionModel> find(Class<?> entity) {
        Class<?> type = LazyReferences.entityClass(entity);
        return all().stream().filter(model -> model.hasRowsOf(type)).findFirst();
    }

    /**
     * The collection of an entity class.
     *
     * @throws IllegalArgumentException if the class is not a collection
     */
    public CollectionModel require(Class<?> entity) {
        return find(entity)
                .orElseThrow(() -> new IllegalArgumentException(
                        entity.getName() + " is not a collection: annotate it with @SyncCollection"));
    }
}
