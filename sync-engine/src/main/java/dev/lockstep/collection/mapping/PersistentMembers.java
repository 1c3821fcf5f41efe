package dev.lockstep.collection.mapping;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Id;
import jakarta.persistence.Transient;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Search for the members of a class that the JPA provider stores (Jakarta Persistence 3.1, section 2.3): fields or getters,
 * by the place of the {@code @Id}, or as {@code @Access} states for a class or a member.
 */
final class PersistentMembers {
    private PersistentMembers() {}

    /**
     * The members of an entity as declared, then those of its superclasses, nearest first. Getters come in the order of the
     * fields of their names, the others by name.
     *
     * @throws InvalidMapping if a getter has no setter, or returns an {@code Optional}
     */
    static List<PersistentMember> of(Class<?> entity) {
        return of(entity, accessOf(entity));
    }

    /** The members of a class in a hierarchy with this access. */
    static List<PersistentMember> of(Class<?> owner, AccessType inherited) {
        List<PersistentMember> members = new ArrayList<>();
        Map<TypeVariable<?>, Type> arguments = new HashMap<>();
        for (Class<?> type = owner; type != null && type != Object.class; type = type.getSuperclass()) {
            for (PersistentMember member : declared(type, inherited, arguments)) {
                boolean overridden = member.isProperty()
                        && members.stream().anyMatch(each -> each.getName().equals(member.getName()));
                if (!overridden) {
                    members.add(member);
                }
            }
            if (type.getGenericSuperclass() instanceof ParameterizedType generic) {
                TypeVariable<?>[] variables = type.getSuperclass().getTypeParameters();
                for (int i = 0; i < variables.length; i++) {
                    arguments.put(variables[i], resolved(generic.getActualTypeArguments()[i], arguments));
                }
            }
        }
        return members;
    }

    /** The access that the place of the id gives to all classes of a hierarchy that do not state one. */
    private static AccessType accessOf(Class<?> entity) {
        for (Class<?> type = entity; type != null && type != Object.class; type = type.getSuperclass()) {
            if (type.isAnnotationPresent(Access.class)) {
                continue;
            }
            if (Arrays.stream(type.getDeclaredFields()).anyMatch(PersistentMembers::isImplicitId)) {
                return AccessType.FIELD;
            }
            if (Arrays.stream(type.getDeclaredMethods()).anyMatch(PersistentMembers::isImplicitId)) {
                return AccessType.PROPERTY;
            }
        }
        return AccessType.FIELD;
    }

    private static boolean isImplicitId(AnnotatedElement member) {
        return (member.isAnnotationPresent(Id.class) || member.isAnnotationPresent(EmbeddedId.class))
                && !member.isAnnotationPresent(Access.class);
    }

    private static List<PersistentMember> declared(
            Class<?> type, AccessType inherited, Map<TypeVariable<?>, Type> arguments) {
        AccessType access = stated(type).orElse(inherited);
        Map<String, Method> getters = getters(type);
        List<PersistentMember> members = new ArrayList<>();
        for (Field field : type.getDeclaredFields()) {
            Method getter = getters.remove(field.getName());
            if (isProperty(getter, access, stated(field))) {
                members.add(property(field, getter, arguments));
            } else if (isStored(field) && stated(field).orElse(access) == AccessType.FIELD) {
                Type javaType = resolved(field.getGenericType(), arguments);
                members.add(new AccessedMember(field.getName(), javaType, field, getter, null));
            }
        }
        getters.values().stream()
                .filter(getter -> isProperty(getter, access, Optional.empty()))
                .sorted(Comparator.comparing(Method::getName))
                .map(getter -> property(null, getter, arguments))
                .forEach(members::add);
        return members;
    }

    private static boolean isProperty(@Nullable Method getter, AccessType access, Optional<AccessType> ofField) {
        if (getter == null || getter.isAnnotationPresent(Transient.class)) {
            return false;
        }
        return stated(getter).orElse(ofField.orElse(access)) == AccessType.PROPERTY;
    }

    private static Optional<AccessType> stated(AnnotatedElement element) {
        return Optional.ofNullable(element.getAnnotation(Access.class)).map(Access::value);
    }

    private static boolean isStored(Field field) {
        int modifiers = field.getModifiers();
        return !Modifier.isStatic(modifiers)
                && !Modifier.isTransient(modifiers)
                && !field.isSynthetic()
                && !field.isAnnotationPresent(Transient.class);
    }

    /** The getters of a class, by the names of their attributes. */
    private static Map<String, Method> getters(Class<?> type) {
        Map<String, Method> getters = new LinkedHashMap<>();
        for (Method method : type.getDeclaredMethods()) {
            boolean isInstance = !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic();
            if (isInstance && method.getParameterCount() == 0 && method.getReturnType() != void.class) {
                attribute(method).ifPresent(name -> getters.put(name, method));
            }
        }
        return getters;
    }

    private static Optional<String> attribute(Method method) {
        String name = method.getName();
        int prefix = name.startsWith("get")
                ? 3
                : name.startsWith("is") && method.getReturnType() == boolean.class ? 2 : name.length();
        return prefix < name.length() ? Optional.of(decapitalized(name.substring(prefix))) : Optional.empty();
    }

    /** As JavaBeans: {@code Name} is {@code name}, {@code URL} stays. */
    private static String decapitalized(String name) {
        boolean isAbbreviation =
                name.length() > 1 && Character.isUpperCase(name.charAt(0)) && Character.isUpperCase(name.charAt(1));
        return isAbbreviation ? name : Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private static PersistentMember property(
            @Nullable Field field, @Nullable Method getter, Map<TypeVariable<?>, Type> arguments) {
        Method found = Objects.requireNonNull(getter);
        String name = attribute(found).orElseThrow();
        if (found.getReturnType() == Optional.class) {
            throw new InvalidMapping("has the getter " + found.getName() + "() of an Optional, which the JPA provider"
                    + " cannot store: put @Access(AccessType.FIELD) and the mapping annotations on the field '" + name
                    + "', and @Transient on the getter.");
        }
        String setter = "set" + found.getName().substring(found.getName().startsWith("is") ? 2 : 3);
        Method set = setter(found, setter)
                .orElseThrow(() -> new InvalidMapping("has the getter " + found.getName() + "() without a setter, by"
                        + " which the JPA provider sets the attribute: add " + setter + "("
                        + found.getReturnType().getSimpleName() + "), or put @Transient on the getter."));
        return new AccessedMember(name, resolved(found.getGenericReturnType(), arguments), field, found, set);
    }

    private static Optional<Method> setter(Method getter, String name) {
        for (Class<?> type = getter.getDeclaringClass(); type != null; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.getName().equals(name)
                        && method.getParameterCount() == 1
                        && !method.isSynthetic()
                        && method.getParameterTypes()[0].isAssignableFrom(getter.getReturnType())) {
                    return Optional.of(method);
                }
            }
        }
        return Optional.empty();
    }

    private static Type resolved(Type type, Map<TypeVariable<?>, Type> arguments) {
        return type instanceof TypeVariable<?> variable ? arguments.getOrDefault(variable, type) : type;
    }
}
