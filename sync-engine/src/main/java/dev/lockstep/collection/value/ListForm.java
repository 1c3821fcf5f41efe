package dev.lockstep.collection.value;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
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
    private final @Nullable Comparator<@Nullable Object> order;

    /** A list in a column: the items of a set are sorted, others keep their order. */
    ListForm(Class<?> javaClass, FieldType<?> item) {
        this.javaClass = javaClass;
        this.item = item;
        this.order = isSet() ? this::compare : null;
    }

    /**
     * A list in a table of its own.
     *
     * @param isOrdered whether the table keeps the order of the items; otherwise they are sorted
     * @param terms the order that {@code @OrderBy} states; empty for that of the items
     * @throws IllegalArgumentException if a term names no member of the items
     */
    ListForm(Class<?> javaClass, FieldType<?> item, boolean isOrdered, String terms) {
        this.javaClass = javaClass;
        this.item = item;
        this.order = isOrdered ? null : byTerms(terms);
    }

    private boolean isSet() {
        return Set.class.isAssignableFrom(javaClass);
    }

    private Comparator<@Nullable Object> byTerms(String terms) {
        Comparator<@Nullable Object> all = null;
        for (String term : terms.isBlank() ? new String[] {""} : terms.split(",", -1)) {
            String[] words = term.trim().split("\\s+", -1);
            boolean isDescending = words[words.length - 1].equalsIgnoreCase("desc");
            boolean hasName =
                    !words[0].isEmpty() && !words[0].equalsIgnoreCase("asc") && !words[0].equalsIgnoreCase("desc");
            Comparator<@Nullable Object> next = hasName ? byMember(words[0]) : this::compare;
            next = isDescending ? next.reversed() : next;
            all = all == null ? next : all.thenComparing(next);
        }
        return all == null ? this::compare : all.thenComparing(this::compare);
    }

    private Comparator<@Nullable Object> byMember(String attribute) {
        ObjectType.Member member = item.form() instanceof ObjectType object
                ? object.ofAttribute(attribute).orElse(null)
                : null;
        if (member == null) {
            throw new IllegalArgumentException("names '" + attribute + "', which is no member of the items");
        }
        return (a, b) -> compare(
                a instanceof ObjectValue first ? first.members().get(member.name()) : null,
                b instanceof ObjectValue second ? second.members().get(member.name()) : null,
                member.type());
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
        if (order == null) {
            return Collections.unmodifiableList(items);
        }
        List<@Nullable Object> sorted = new ArrayList<>(isSet() ? new LinkedHashSet<>(items) : items);
        sorted.sort(order);
        return Collections.unmodifiableList(sorted);
    }

    private int compare(@Nullable Object a, @Nullable Object b) {
        return compare(a, b, item);
    }

    @SuppressWarnings("unchecked") // values of one class
    private static int compare(@Nullable Object a, @Nullable Object b, FieldType<?> type) {
        return a instanceof Comparable<?> && b != null && a.getClass() == b.getClass()
                ? ((Comparable<Object>) a).compareTo(b)
                : json(a, type).compareTo(json(b, type));
    }

    private static String json(@Nullable Object value, FieldType<?> type) {
        JsonText json = new JsonText();
        type.writeNullable(json, value);
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
