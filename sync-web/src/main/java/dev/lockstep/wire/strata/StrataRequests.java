package dev.lockstep.wire.strata;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.MutationId;
import dev.lockstep.api.Operation;
import dev.lockstep.api.SyncException;
import dev.lockstep.wire.PlainJson;
import dev.lockstep.wire.strata.StrataRefused.Detail;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads bodies and queries of the contract, sections 1.1 to 1.4, and refuses them in its words. */
final class StrataRequests {
    /** What stands before a client's id in a {@link MutationId}. */
    static final String DIALECT = "strata:";

    /** Longest id of a client: with the dialect's name it is as long as the log keeps. A longer one is refused. */
    static final int CLIENT_CHARACTERS_MAX = MutationId.CHARACTERS_MAX - DIALECT.length();

    /** Most transactions in one request. More are refused. */
    static final int TRANSACTIONS_MAX = 100;

    /** Most loads in one request. More are refused. */
    static final int LOADS_MAX = 100;

    /** Actions in a page of deltas, unless a client wants fewer or more. */
    static final int PAGE_ACTIONS = 1000;

    /** Most actions in a page of deltas. Who wants more gets so many. */
    static final int PAGE_ACTIONS_MAX = 5000;

    private static final Map<String, Operation> ACTIONS = actions();

    private static final String REQUESTS = "requests";
    private static final String TRANSACTIONS = "transactions";

    private StrataRequests() {}

    private static Map<String, Operation> actions() {
        Map<String, Operation> actions = new LinkedHashMap<>();
        Stream.of(Operation.INSERT, Operation.UPDATE, Operation.DELETE, Operation.ARCHIVE, Operation.UNARCHIVE)
                .forEach(each -> actions.put(each.name(), each));
        return actions;
    }

    /** What a client wants done to one row. */
    record Transaction(
            Operation action,
            String clientId,
            String clientTxId,
            String modelId,
            String modelName,
            Map<String, @Nullable Object> payload) {
        MutationId mutationId() {
            return new MutationId(DIALECT + clientId, clientTxId, true, false);
        }
    }

    /** Rows that a client wants. */
    sealed interface Load {
        String modelName();

        /** Those with a value in a field. */
        record Indexed(String modelName, String indexedKey, String keyValue) implements Load {}

        /** Those of a group. */
        record OfGroup(String modelName, String groupId) implements Load {}
    }

    /**
     * A bootstrap.
     *
     * @param models those that are wanted; all, if empty
     * @param groups those that are wanted; all, if empty
     * @param isFull whether its client begins anew, and knows no group but those that it is answered
     */
    record Bootstrap(Optional<List<String>> models, Optional<List<String>> groups, String schemaHash, boolean isFull) {
        /**
         * The same for its client's user. A client that begins anew asks for the groups that it was told last; those that
         * were joined since, nobody would tell it. That list is known by the user's own group, which is in all that are told.
         */
        Bootstrap of(String user) {
            return isFull && groups.filter(names -> names.contains(user)).isPresent()
                    ? new Bootstrap(models, Optional.empty(), schemaHash, true)
                    : this;
        }
    }

    /**
     * A page of deltas.
     *
     * @param after the last action that the client has seen, however large a number
     */
    record DeltasAfter(BigInteger after, int actionsMax, Optional<List<String>> groups) {}

    /**
     * The JSON of a body; a text, if it says that it is one.
     *
     * @throws StrataRefused if it is too large, or cannot be read
     */
    static @Nullable Object body(@Nullable String contentType, InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(PlainJson.BODY_BYTES_MAX);
        if (bytes.length == PlainJson.BODY_BYTES_MAX) {
            throw StrataRefused.tooLarge();
        }
        if (typeOf(contentType).equals("text/plain")) {
            return "";
        }
        if (!typeOf(contentType).equals("application/json")) {
            throw StrataRefused.unknownType(contentType == null ? "undefined" : contentType);
        }
        if (bytes.length == 0) {
            throw StrataRefused.emptyBody();
        }
        try {
            return PlainJson.read(new ByteArrayInputStream(bytes));
        } catch (SyncException unreadable) {
            throw unreadable.refusal().code() == ErrorCode.TOO_LARGE
                    ? StrataRefused.tooLarge()
                    : StrataRefused.malformed();
        }
    }

    private static String typeOf(@Nullable String contentType) {
        return contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    static List<Transaction> mutate(@Nullable Object body) {
        Problems problems = new Problems();
        Map<?, ?> envelope = problems.object("root", body);
        problems.throwIfAny(Optional.empty());
        problems.text("batchId", envelope, "batchId", "Batch ID is required");
        List<?> sent = list(problems, envelope, TRANSACTIONS, TRANSACTIONS_MAX, "transaction");
        List<Transaction> transactions = new ArrayList<>();
        Optional<String> atFault = Optional.empty();
        for (Object each : sent) {
            int before = problems.count();
            Map<?, ?> members = problems.object(TRANSACTIONS, each);
            if (problems.count() == before) {
                transactions.add(transaction(problems, members));
            }
            if (problems.count() > before && atFault.isEmpty()) {
                atFault = idOf(members);
            }
        }
        problems.throwIfAny(atFault);
        return transactions;
    }

    private static Optional<String> idOf(Map<?, ?> transaction) {
        return transaction.get("clientTxId") instanceof String id && !id.isEmpty() ? Optional.of(id) : Optional.empty();
    }

    private static Transaction transaction(Problems problems, Map<?, ?> members) {
        Operation action = ACTIONS.getOrDefault(
                problems.option(TRANSACTIONS, members.get("action"), ACTIONS.keySet()), Operation.READ);
        String clientId = problems.text(TRANSACTIONS, members, "clientId", "Client ID is required");
        problems.keepable(clientId, "Client ID", CLIENT_CHARACTERS_MAX);
        String clientTxId = problems.text(TRANSACTIONS, members, "clientTxId", "Client transaction ID is required");
        problems.keepable(clientTxId, "Client transaction ID", MutationId.CHARACTERS_MAX);
        String modelId = problems.text(TRANSACTIONS, members, "modelId", "Model ID is required");
        String modelName = problems.text(TRANSACTIONS, members, "modelName", "Model name is required");
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        if (members.get("payload") instanceof Map<?, ?> fields) {
            fields.forEach((key, value) -> payload.put((String) key, value));
        } else {
            problems.add(TRANSACTIONS, "Invalid input: expected record, received " + kind(members, "payload"));
        }
        return new Transaction(action, clientId, clientTxId, modelId, modelName, payload);
    }

    static List<Load> batch(@Nullable Object body) {
        Problems problems = new Problems();
        Map<?, ?> envelope = problems.object("root", body);
        problems.throwIfAny(Optional.empty());
        if (envelope.containsKey("firstSyncId")) {
            String first = problems.text("firstSyncId", envelope, "firstSyncId", "");
            problems.numeric("firstSyncId", first, "firstSyncId must be a numeric string");
        }
        List<Load> loads = new ArrayList<>();
        for (Object each : list(problems, envelope, REQUESTS, LOADS_MAX, "request")) {
            load(each).ifPresentOrElse(loads::add, () -> problems.add(REQUESTS, "Invalid input"));
        }
        problems.throwIfAny(Optional.empty());
        return loads;
    }

    private static Optional<Load> load(@Nullable Object sent) {
        if (!(sent instanceof Map<?, ?> members)
                || !(members.get("modelName") instanceof String model)
                || model.isEmpty()) {
            return Optional.empty();
        }
        if (members.get("indexedKey") instanceof String key
                && members.get("keyValue") instanceof String value
                && !key.isEmpty()
                && !value.isEmpty()) {
            return Optional.of(new Load.Indexed(model, key, value));
        }
        return members.get("groupId") instanceof String group && !group.isEmpty()
                ? Optional.of(new Load.OfGroup(model, group))
                : Optional.empty();
    }

    static Bootstrap bootstrap(Map<String, List<String>> query) {
        Problems problems = new Problems();
        Optional<String> first = problems.only(query, "firstSyncId");
        first.ifPresent(value -> problems.numeric("firstSyncId", value, "firstSyncId must be a numeric string"));
        problems.only(query, "noSyncPackets")
                .ifPresent(value -> problems.option("noSyncPackets", value, List.of("true", "false")));
        Optional<String> models = problems.only(query, "onlyModels");
        Optional<String> hash = problems.only(query, "schemaHash");
        Optional<String> groups = problems.only(query, "syncGroups");
        Optional<String> type = problems.only(query, "type");
        type.ifPresent(value -> problems.option("type", value, List.of("full", "partial")));
        if (problems.count() == 0 && type.filter("partial"::equals).isPresent() && first.isEmpty()) {
            problems.add("firstSyncId", "firstSyncId is required for partial bootstrap");
        }
        problems.throwIfAnyInQuery();
        return new Bootstrap(
                models.map(StrataRequests::names)
                        .filter(names -> models.filter(String::isEmpty).isEmpty()),
                groups.map(StrataRequests::names).filter(names -> !names.isEmpty()),
                hash.orElse(""),
                type.filter("partial"::equals).isEmpty());
    }

    static DeltasAfter deltas(Map<String, List<String>> query) {
        Problems problems = new Problems();
        Optional<String> after = problems.only(query, "after");
        after.ifPresent(value -> problems.numeric("after", value, "After must be a numeric string"));
        Optional<String> limit = problems.only(query, "limit");
        limit.ifPresent(value -> problems.numeric("limit", value, "Limit must be a numeric string"));
        Optional<String> groups = problems.only(query, "syncGroups");
        problems.throwIfAnyInQuery();
        return new DeltasAfter(
                after.map(BigInteger::new).orElse(BigInteger.ZERO),
                limit.map(BigInteger::new)
                        .map(wanted ->
                                wanted.min(BigInteger.valueOf(PAGE_ACTIONS_MAX)).intValueExact())
                        .filter(wanted -> wanted > 0)
                        .orElse(PAGE_ACTIONS),
                groups.map(StrataRequests::names).filter(names -> !names.isEmpty()));
    }

    private static List<String> names(String list) {
        return Stream.of(list.split(",", -1)).filter(name -> !name.isEmpty()).toList();
    }

    private static List<?> list(Problems problems, Map<?, ?> envelope, String key, int most, String item) {
        if (!(envelope.get(key) instanceof List<?> items)) {
            problems.add(key, "Invalid input: expected array, received " + kind(envelope, key));
            return List.of();
        }
        if (items.isEmpty()) {
            problems.add(key, "At least one " + item + " is required");
        }
        if (items.size() > most) {
            problems.add(key, "At most " + most + " " + key + " are allowed");
            return List.of();
        }
        return items;
    }

    private static String kind(Map<?, ?> members, String key) {
        return members.containsKey(key) ? kind(members.get(key)) : "undefined";
    }

    private static String kind(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String text -> "string";
            case Number number -> "number";
            case Boolean truth -> "boolean";
            case List<?> list -> "array";
            default -> "object";
        };
    }

    /** What was found wrong so far. */
    private static final class Problems {
        /** Digits of a number that is read. JavaScript takes any; a longer one costs more to read than it says. */
        private static final int DIGITS_MAX = 40;

        private final Map<String, List<Detail>> byField = new LinkedHashMap<>();
        private int count;

        int count() {
            return count;
        }

        void add(String field, String message) {
            byField.computeIfAbsent(field, first -> new ArrayList<>()).add(new Detail(field, message));
            count++;
        }

        Map<?, ?> object(String field, @Nullable Object value) {
            if (value instanceof Map<?, ?> members) {
                return members;
            }
            add(field, "Invalid input: expected object, received " + kind(value));
            return Map.of();
        }

        String text(String field, Map<?, ?> members, String key, String required) {
            if (!(members.get(key) instanceof String text)) {
                add(field, "Invalid input: expected string, received " + kind(members, key));
                return "";
            }
            if (text.isEmpty() && !required.isEmpty()) {
                add(field, required);
            }
            return text;
        }

        /** The log keeps it, so it must be what a database stores. */
        void keepable(String id, String what, int charactersMax) {
            if (id.length() > charactersMax
                    || id.codePoints()
                            .anyMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE))) {
                add(TRANSACTIONS, what + " is at most " + charactersMax + " characters of Unicode without NUL");
            }
        }

        String option(String field, @Nullable Object value, Iterable<String> options) {
            List<String> quoted = new ArrayList<>();
            for (String option : options) {
                if (option.equals(value)) {
                    return option;
                }
                quoted.add("\"" + option + "\"");
            }
            add(field, "Invalid option: expected one of " + String.join("|", quoted));
            return "";
        }

        void numeric(String field, String value, String message) {
            if (!value.matches("[0-9]{1," + DIGITS_MAX + "}")) {
                add(field, message);
            }
        }

        Optional<String> only(Map<String, List<String>> query, String key) {
            List<String> values = query.getOrDefault(key, List.of());
            if (values.size() > 1) {
                add(key, "Invalid input: expected string, received array");
            }
            return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
        }

        void throwIfAny(Optional<String> transaction) {
            if (count > 0) {
                throw StrataRefused.invalidBody(transaction, details());
            }
        }

        void throwIfAnyInQuery() {
            if (count > 0) {
                throw StrataRefused.invalidQuery(details());
            }
        }

        private List<Detail> details() {
            return byField.values().stream().flatMap(List::stream).toList();
        }
    }
}
