package dev.lockstep.collection.mapping;

import dev.lockstep.api.Operation;
import dev.lockstep.api.handler.CollectionHandler;
import dev.lockstep.api.handler.Handles;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The entities whose rows handlers keep elsewhere, read from the handlers' classes: the beans need collections themselves. */
public final class HandledEntities {
    private static final Map<String, Operation> OPTIONAL =
            Map.of("create", Operation.INSERT, "update", Operation.UPDATE, "delete", Operation.DELETE);

    private HandledEntities() {}

    /**
     * The operations of a handler.
     *
     * @param operations the operations that it overrides
     * @param isFiltered whether it has an audience
     */
    public record Offer(Set<Operation> operations, boolean isFiltered) {
        public Offer {
            operations = Set.copyOf(operations);
        }
    }

    /**
     * The offers by entity.
     *
     * @param handlers the classes of the handlers
     * @throws InvalidMapping if a handler names no entity; the message continues the class name
     */
    public static Map<Class<?>, Offer> of(Iterable<Class<?>> handlers) {
        Map<Class<?>, Offer> offers = new HashMap<>();
        for (Class<?> handler : handlers) {
            Handles handled = handler.getAnnotation(Handles.class);
            if (handled == null) {
                throw new InvalidMapping("is a CollectionHandler without an entity: annotate it with @Handles.");
            }
            offers.put(handled.value(), offer(handler));
        }
        return offers;
    }

    private static Offer offer(Class<?> handler) {
        Set<Operation> operations = EnumSet.noneOf(Operation.class);
        boolean isFiltered = false;
        for (Method method : handler.getMethods()) {
            boolean isOverridden = method.getDeclaringClass() != CollectionHandler.class && !method.isBridge();
            if (isOverridden && isOfHandler(method)) {
                if (OPTIONAL.containsKey(method.getName())) {
                    operations.add(OPTIONAL.get(method.getName()));
                }
                isFiltered |= method.getName().equals("audience");
            }
        }
        return new Offer(operations, isFiltered);
    }

    private static boolean isOfHandler(Method method) {
        for (Method declared : CollectionHandler.class.getMethods()) {
            if (declared.getName().equals(method.getName())
                    && Arrays.equals(declared.getParameterTypes(), method.getParameterTypes())) {
                return true;
            }
        }
        return false;
    }
}
