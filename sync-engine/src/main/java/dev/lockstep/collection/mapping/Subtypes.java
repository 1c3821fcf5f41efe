package dev.lockstep.collection.mapping;

import jakarta.persistence.DiscriminatorColumn;
import jakarta.persistence.DiscriminatorValue;
import jakarta.persistence.Entity;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The classes of the rows of an entity with subclasses, by the texts that name them on the wire: the values of
 * {@code @DiscriminatorValue}, or the names of the entities. Immutable.
 */
public final class Subtypes {
    /** Those of an entity without subclasses. */
    public static final Subtypes NONE = new Subtypes("", Map.of(), false);

    /** The name on the wire where {@code @DiscriminatorColumn} states none. */
    private static final String USUAL_NAME = "type";

    private final String name;
    private final Map<String, Class<?>> byText;
    private final boolean tables;

    private Subtypes(String name, Map<String, Class<?>> byText, boolean tables) {
        this.name = name;
        this.tables = tables;
        this.byText = Collections.unmodifiableMap(new TreeMap<>(byText));
    }

    /**
     * The classes of an entity's rows.
     *
     * @param entities all entities of the persistence unit
     * @throws InvalidMapping if two classes have one text
     */
    public static Subtypes of(Class<?> entity, Collection<Class<?>> entities) {
        Map<String, Class<?>> byText = new TreeMap<>();
        for (Class<?> each : entities) {
            if (entity.isAssignableFrom(each) && !Modifier.isAbstract(each.getModifiers())) {
                Class<?> other = byText.put(text(each), each);
                if (other != null && other != each) {
                    throw new InvalidMapping("has the subclasses " + other.getSimpleName() + " and "
                            + each.getSimpleName() + ", which are both named '" + text(each)
                            + "': give one another @DiscriminatorValue.");
                }
            }
        }
        if (byText.isEmpty() || (byText.containsValue(entity) && byText.size() == 1)) {
            return NONE;
        }
        boolean tables = hasTables(entity);
        if (tables) {
            requireLeaves(byText.values());
        }
        return new Subtypes(name(entity), byText, tables);
    }

    private static boolean hasTables(Class<?> entity) {
        for (Class<?> type = entity; type != null; type = type.getSuperclass()) {
            Inheritance inheritance = type.getDeclaredAnnotation(Inheritance.class);
            if (inheritance != null) {
                return inheritance.strategy() == InheritanceType.TABLE_PER_CLASS;
            }
        }
        return false;
    }

    /** The JPA provider reads a class with subclasses from a union of tables, whose rows PostgreSQL does not lock. */
    private static void requireLeaves(Collection<Class<?>> types) {
        for (Class<?> type : types) {
            if (types.stream().anyMatch(other -> other != type && type.isAssignableFrom(other))) {
                throw new InvalidMapping("has @Inheritance(TABLE_PER_CLASS) and rows of " + type.getSimpleName()
                        + ", which has subclasses itself, so that PostgreSQL cannot lock them: make "
                        + type.getSimpleName() + " abstract, or use JOINED or SINGLE_TABLE.");
            }
        }
    }

    /** Whether each class has a table with all its columns. */
    public boolean areTables() {
        return tables;
    }

    private static String text(Class<?> type) {
        DiscriminatorValue stated = type.getAnnotation(DiscriminatorValue.class);
        Entity entity = type.getAnnotation(Entity.class);
        return stated != null
                ? stated.value()
                : entity == null || entity.name().isEmpty() ? type.getSimpleName() : entity.name();
    }

    private static String name(Class<?> entity) {
        for (Class<?> type = entity; type != null; type = type.getSuperclass()) {
            DiscriminatorColumn column = type.getDeclaredAnnotation(DiscriminatorColumn.class);
            if (column != null && !column.name().equals("DTYPE")) {
                return column.name();
            }
        }
        return USUAL_NAME;
    }

    /** Whether there are subclasses. */
    public boolean any() {
        return !byText.isEmpty();
    }

    /** The texts that name the classes, sorted. */
    public List<String> texts() {
        return List.copyOf(byText.keySet());
    }

    /** The classes, superclasses before their subclasses. */
    public List<Class<?>> types() {
        return byText.values().stream()
                .sorted(Comparator.comparingInt(Subtypes::depth).thenComparing(Class::getName))
                .toList();
    }

    private static int depth(Class<?> type) {
        return type == Object.class ? 0 : depth(type.getSuperclass()) + 1;
    }

    /** The class that a text names. */
    public Optional<Class<?>> type(@Nullable Object text) {
        return Optional.ofNullable(text).map(byText::get);
    }

    /** Whether rows can be of a class. */
    public boolean includes(Class<?> type) {
        return byText.containsValue(type);
    }

    /** The text that names the class of an entity, or a class. */
    public String textOf(Object classOrEntity) {
        Class<?> type =
                classOrEntity instanceof Class<?> given ? given : LazyReferences.entityClass(classOrEntity.getClass());
        return byText.entrySet().stream()
                .filter(each -> each.getValue() == type)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(type + " is no entity of the collection"));
    }

    /** The attribute by which rows show their class. */
    public Attribute attribute(Class<?> entity) {
        return new Attribute(new Discriminator(entity));
    }

    /** The class of a row as an attribute of it. */
    private final class Discriminator extends PersistentMember.Derived {
        Discriminator(Class<?> entity) {
            super(entity, name, Class.class);
        }

        @Override
        public Object get(Object of) {
            return textOf(of);
        }

        /** The class of an object cannot be set. */
        @Override
        public void set(Object in, @Nullable Object value) {}
    }
}
