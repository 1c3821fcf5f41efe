package dev.lockstep.collection.value;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Arrays and collections of an entity, which a row holds as an immutable list. */
public final class ListForm implements EntityForm {
    private final Class<?> javaClass;
    private final FieldType<?> item;

    ListForm(Class<?> javaClass, FieldType<?> item) {
        this.javaClass = javaClass;
        this.item = item;
    }

    /** The type of the items. */
    public FieldType<?> item() {
        return item;
    }

    static boolean supports(Class<?> javaClass) {
        return javaClass.isArray()
                || List.of(Collection.class, List.class, Set.class, SortedSet.class, NavigableSet.class)
                        .contains(javaClass);
    }

    @Override
    public Object toRow(Object ofEntity) {
        List<@Nullable Object> items = new ArrayList<>();
        if (ofEntity instanceof Collection<?> collection) {
            collection.forEach(each -> items.add(item.toRow(each)));
        } else {
            for (int i = 0; i < Array.getLength(ofEntity); i++) {
                items.add(item.toRow(Array.get(ofEntity, i)));
            }
        }
        return inOrder(items);
    }

    /** The items as a row holds them: those of a set sorted, because a set has no order. */
    List<@Nullable Object> inOrder(List<@Nullable Object> items) {
        if (!Set.class.isAssignableFrom(javaClass)) {
            return Collections.unmodifiableList(items);
        }
        List<@Nullable Object> sorted = new ArrayList<>(new LinkedHashSet<>(items));
        sorted.sort(this::compare);
        return Collections.unmodifiableList(sorted);
    }

    @SuppressWarnings("unchecked") // values of one class
    private int compare(@Nullable Object a, @Nullable Object b) {
        return a instanceof Comparable<?> && b != null && a.getClass() == b.getClass()
                ? ((Comparable<Object>) a).compareTo(b)
                : json(a).compareTo(json(b));
    }

    private String json(@Nullable Object value) {
        JsonText json = new JsonText();
        item.writeNullable(json, value);
        return json.toString();
    }

    @Override
    public Object toEntity(Object ofRow) {
        List<?> items = (List<?>) ofRow;
        if (javaClass.isArray()) {
            Object array = Array.newInstance(javaClass.getComponentType(), items.size());
            for (int i = 0; i < items.size(); i++) {
                Array.set(array, i, item.toEntity(items.get(i)));
            }
            return array;
        }
        Collection<@Nullable Object> collection = SortedSet.class.isAssignableFrom(javaClass)
                ? new TreeSet<>()
                : Set.class.isAssignableFrom(javaClass) ? new LinkedHashSet<>() : new ArrayList<>();
        items.forEach(each -> collection.add(item.toEntity(each)));
        return collection;
    }
}
