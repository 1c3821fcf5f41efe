package dev.lockstep.sample;

import dev.lockstep.api.EntityId;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.value.ParseResult;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Random tickets and filters. Values are few, so that rows share them and filters meet their bounds. */
public final class RandomTickets {
    private static final Instant START = Instant.parse("2026-11-30T08:00:00Z");
    private static final List<String> ASSIGNEES = List.of("alice", "Alice", "bob", "", "élan", "a,b");
    private static final List<String> FIELDS = List.of(
            "status",
            "effort",
            "dueAt",
            "assignee",
            "price",
            "dueDay",
            "open",
            "tag",
            "weight",
            "seenAt",
            "position",
            "createdAt");
    private static final List<String> UNORDERED = List.of("status", "assignee", "open", "tag");
    private static final int NONE_IN = 5;

    private final Random random;

    public RandomTickets(Random random) {
        this.random = random;
    }

    /** A row that is not stored yet. */
    public RowImage row(CollectionModel tickets, String room, String id) {
        Object entity = tickets.newEntity();
        for (Map.Entry<String, @Nullable Object> value : fields().entrySet()) {
            tickets.named(value.getKey())
                    .ifPresent(field -> field.set(entity, parsed(tickets, value.getKey(), value.getValue())));
        }
        return RowImage.of(tickets, entity).inserted(new EntityId(id), room, time());
    }

    private static @Nullable Object parsed(CollectionModel tickets, String field, @Nullable Object json) {
        return json == null
                ? null
                : switch (tickets.named(field).orElseThrow().type().read(json)) {
                    case ParseResult.Value value -> value.java();
                    case ParseResult.Problem problem -> throw new AssertionError(problem.message());
                };
    }

    /** Values of all fields as a client sends them; times have microseconds, which rows do not show. */
    public Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> fields = new HashMap<>();
        FIELDS.stream().filter(name -> !name.equals("createdAt")).forEach(name -> fields.put(name, sent(name)));
        return fields;
    }

    private @Nullable Object sent(String field) {
        boolean isPrimitive = List.of("effort", "open", "position").contains(field);
        if (!isPrimitive && random.nextInt(NONE_IN) == 0) {
            return null;
        }
        return field.equals("dueAt") || field.equals("seenAt") ? time().toString() : value(field);
    }

    private Instant time() {
        return START.plus(random.nextInt(4_000), ChronoUnit.MICROS);
    }

    private Object value(String field) {
        return switch (field) {
            case "status" ->
                List.of(Ticket.Status.values()).get(random.nextInt(3)).name();
            case "effort" -> (long) random.nextInt(6);
            case "dueAt" -> START.plusMillis(random.nextInt(5)).toString();
            case "seenAt", "createdAt" ->
                START.plusMillis(random.nextInt(5))
                        .atOffset(ZoneOffset.ofHours(random.nextInt(3)))
                        .toString();
            case "assignee" -> ASSIGNEES.get(random.nextInt(ASSIGNEES.size()));
            case "price" -> BigDecimal.valueOf(random.nextInt(8) * 125L, 3);
            case "dueDay" ->
                LocalDate.of(2026, 11, 28).plusDays(random.nextInt(5)).toString();
            case "open" -> random.nextBoolean();
            case "tag" -> new UUID(random.nextBoolean() ? -1L : 1L, random.nextInt(3)).toString();
            case "weight" -> BigDecimal.valueOf(random.nextInt(5)).movePointLeft(1);
            case "position" -> String.valueOf(9_007_199_254_740_990L + random.nextInt(6));
            default -> throw new IllegalArgumentException(field);
        };
    }

    /** A filter of one to three fields, as plain JSON values. */
    public Map<String, @Nullable Object> filter() {
        Map<String, @Nullable Object> filter = new LinkedHashMap<>();
        int fields = 1 + random.nextInt(3);
        for (int i = 0; i < fields; i++) {
            String field = FIELDS.get(random.nextInt(FIELDS.size()));
            filter.put(field, condition(field));
        }
        return filter;
    }

    private @Nullable Object condition(String field) {
        return switch (random.nextInt(UNORDERED.contains(field) ? 4 : 8)) {
            case 0 -> value(field);
            case 1 -> random.nextInt(3) == 0 ? null : Map.of("null", false);
            case 2 -> values(field);
            case 3 -> Map.of("in", values(field));
            case 4 -> Map.of("gte", value(field));
            case 5 -> Map.of("gt", value(field));
            case 6 -> Map.of("gte", value(field), "lt", value(field));
            default -> Map.of("lte", value(field));
        };
    }

    private List<@Nullable Object> values(String field) {
        List<@Nullable Object> values = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            values.add(random.nextInt(NONE_IN) == 0 ? null : value(field));
        }
        return values;
    }
}
