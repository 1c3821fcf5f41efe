package dev.lockstep.wire.strata.request;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.MutationId;
import dev.lockstep.api.Operation;
import dev.lockstep.api.SyncException;
import dev.lockstep.wire.json.PlainJson;
import dev.lockstep.wire.strata.request.StrataError.Detail;
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
public final class StrataRequests {
    /** What stands before a client's id in a {@link MutationId}. */
    public static final String DIALECT = "strata:";

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

    /**
     * A client's request for one row.
     *
     * @param fault why it is refused; empty if it could be read
     */
    public record Transaction(
            Operation action,
            String clientId,
            String clientTxId,
            String modelId,
            String modelName,
            Map<String, @Nullable Object> payload,
            Optional<String> fault) {
        public Transaction(
                Operation action,
                String clientId,
                String clientTxId,
                String modelId,
                String modelName,
                Map<String, @Nullable Object> payload) {
            this(action, clientId, clientTxId, modelId, modelName, payload, Optional.empty());
        }

        /** One that could not be read. */
        static Transaction refused(String clientTxId, String fault) {
            return new Transaction(Operation.READ, "", clientTxId, "", "", Map.of(), Optional.of(fault));
        }

        public MutationId mutationId() {
            return new MutationId(DIALECT + clientId, clientTxId, true, false);
        }
    }

    /** Rows that a client wants. */
    public sealed interface Load {
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
    public record Bootstrap(
            Optional<List<String>> models, Optional<List<String>> groups, String schemaHash, boolean isFull) {
        /**
         * The same for its client's user. A client that begins anew asks for the groups that it was told last; those that
         * were joined since, nobody would tell it. That list is known by the user's own group, which is in all that are told.
         */
        public Bootstrap of(String user) {
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
    public record DeltasAfter(BigInteger after, int actionsMax, Optional<List<String>> groups) {}

    /**
     * The JSON of a body; a text, if it says that it is one.
     *
     * @throws StrataError if it is too large, or cannot be read
     */
    static @Nullable public Object body(@Nullable String contentType, InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(PlainJson.BODY_BYTES_MAX);
        if (bytes.length == PlainJson.BODY_BYTES_MAX) {
            throw StrataError.tooLarge();
        }
        if (isText(contentType)) {
            return "";
        }
        if (bytes.length == 0) {
            throw StrataError.emptyBody();
        }
        try {
            return PlainJson.read(new ByteArrayInputStream(bytes));
        } catch (SyncException unreadable) {
            throw unreadable.refusal().code() == ErrorCode.TOO_LARGE ? StrataError.tooLarge() : StrataError.malformed();
        }
    }

    /**
     * The transactions of a body.
     *
     * @param bytesMax most bytes that are read of it
     * @throws StrataError if it cannot be read
     */
    public static MutateBody mutateBody(@Nullable String contentType, InputStream body, long bytesMax)
            throws IOException {
        return isText(contentType) ? new MutateBody("", false) : MutateBody.read(body, bytesMax);
    }

    /** Whether a body is a text; if not, it says that it is JSON. */
    private static boolean isText(@Nullable String contentType) {
        String type = typeOf(contentType);
        if (!type.equals("text/plain") && !type.equals("application/json")) {
            throw StrataError.unknownType(contentType == null ? "undefined" : contentType);
        }
        return type.equals("text/plain");
    }

    private static String typeOf(@Nullable String contentType) {
        return contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    public static List<Transaction> mutate(@Nullable Object body) {
        RequestProblems requestProblems = new RequestProblems();
        Map<?, ?> envelope = requestProblems.object("root", body);
        requestProblems.throwIfAny(Optional.empty());
        requestProblems.text("batchId", envelope, "batchId", "Batch ID is required");
        List<?> sent = list(requestProblems, envelope, TRANSACTIONS, TRANSACTIONS_MAX, "transaction");
        List<Transaction> transactions = new ArrayList<>();
        Optional<String> atFault = Optional.empty();
        for (Object each : sent) {
            int before = requestProblems.count();
            Optional<String> unreadable =
                    each instanceof MutateBody.Unreadable part ? Optional.of(part.reason()) : Optional.empty();
            Map<?, ?> members = requestProblems.object(
                    TRANSACTIONS, each instanceof MutateBody.Unreadable part ? part.members() : each);
            if (unreadable.isPresent()) {
                transactions.add(Transaction.refused(clientTxId(requestProblems, members), unreadable.get()));
            } else if (requestProblems.count() == before) {
                transactions.add(transaction(requestProblems, members));
            }
            if (requestProblems.count() > before && atFault.isEmpty()) {
                atFault = idOf(members);
            }
        }
        requestProblems.throwIfAny(atFault);
        return transactions;
    }

    private static Optional<String> idOf(Map<?, ?> transaction) {
        return transaction.get("clientTxId") instanceof String id && !id.isEmpty() ? Optional.of(id) : Optional.empty();
    }

    private static Transaction transaction(RequestProblems requestProblems, Map<?, ?> members) {
        Operation action = ACTIONS.getOrDefault(
                requestProblems.option(TRANSACTIONS, members.get("action"), ACTIONS.keySet()), Operation.READ);
        String clientId = requestProblems.text(TRANSACTIONS, members, "clientId", "Client ID is required");
        requestProblems.storable(TRANSACTIONS, clientId, "Client ID (clientId)", CLIENT_CHARACTERS_MAX);
        String clientTxId = clientTxId(requestProblems, members);
        String modelId = requestProblems.text(TRANSACTIONS, members, "modelId", "Model ID is required");
        String modelName = requestProblems.text(TRANSACTIONS, members, "modelName", "Model name is required");
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        if (members.get("payload") instanceof Map<?, ?> fields) {
            fields.forEach((key, value) -> payload.put((String) key, value));
        } else {
            requestProblems.add(
                    TRANSACTIONS,
                    "Invalid input: expected record, received " + RequestProblems.kind(members, "payload"));
        }
        return new Transaction(action, clientId, clientTxId, modelId, modelName, payload, fault(modelId, modelName));
    }

    private static String clientTxId(RequestProblems requestProblems, Map<?, ?> members) {
        String id = requestProblems.text(TRANSACTIONS, members, "clientTxId", "Client transaction ID is required");
        requestProblems.storable(TRANSACTIONS, id, "Client transaction ID (clientTxId)", MutationId.CHARACTERS_MAX);
        return id;
    }

    /** The original takes any; what is no id of a row is refused for its transaction alone. */
    private static Optional<String> fault(String modelId, String modelName) {
        RequestProblems requestProblems = new RequestProblems();
        requestProblems.storable("modelName", modelName, "Model name (modelName)", EntityId.CHARACTERS_MAX);
        requestProblems.storable("modelId", modelId, "Model ID (modelId)", EntityId.CHARACTERS_MAX);
        return requestProblems.details().stream().map(Detail::message).reduce((one, other) -> one + "; " + other);
    }

    public static List<Load> batch(@Nullable Object body) {
        RequestProblems requestProblems = new RequestProblems();
        Map<?, ?> envelope = requestProblems.object("root", body);
        requestProblems.throwIfAny(Optional.empty());
        if (envelope.containsKey("firstSyncId")) {
            String first = requestProblems.text("firstSyncId", envelope, "firstSyncId", "");
            requestProblems.numeric("firstSyncId", first, "firstSyncId must be a numeric string");
        }
        List<Load> loads = new ArrayList<>();
        for (Object each : list(requestProblems, envelope, REQUESTS, LOADS_MAX, "request")) {
            load(each).ifPresentOrElse(loads::add, () -> requestProblems.add(REQUESTS, "Invalid input"));
        }
        requestProblems.throwIfAny(Optional.empty());
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

    public static Bootstrap bootstrap(Map<String, List<String>> query) {
        RequestProblems requestProblems = new RequestProblems();
        Optional<String> first = requestProblems.only(query, "firstSyncId");
        first.ifPresent(value -> requestProblems.numeric("firstSyncId", value, "firstSyncId must be a numeric string"));
        requestProblems
                .only(query, "noSyncPackets")
                .ifPresent(value -> requestProblems.option("noSyncPackets", value, List.of("true", "false")));
        Optional<String> models = requestProblems.only(query, "onlyModels");
        Optional<String> hash = requestProblems.only(query, "schemaHash");
        Optional<String> groups = requestProblems.only(query, "syncGroups");
        Optional<String> type = requestProblems.only(query, "type");
        type.ifPresent(value -> requestProblems.option("type", value, List.of("full", "partial")));
        if (requestProblems.count() == 0 && type.filter("partial"::equals).isPresent() && first.isEmpty()) {
            requestProblems.add("firstSyncId", "firstSyncId is required for partial bootstrap");
        }
        requestProblems.throwIfAnyInQuery();
        return new Bootstrap(
                models.map(StrataRequests::names)
                        .filter(names -> models.filter(String::isEmpty).isEmpty()),
                groups.map(StrataRequests::names).filter(names -> !names.isEmpty()),
                hash.orElse(""),
                type.filter("partial"::equals).isEmpty());
    }

    public static DeltasAfter deltas(Map<String, List<String>> query) {
        RequestProblems requestProblems = new RequestProblems();
        Optional<String> after = requestProblems.only(query, "after");
        after.ifPresent(value -> requestProblems.numeric("after", value, "After must be a numeric string"));
        Optional<String> limit = requestProblems.only(query, "limit");
        limit.ifPresent(value -> requestProblems.numeric("limit", value, "Limit must be a numeric string"));
        Optional<String> groups = requestProblems.only(query, "syncGroups");
        requestProblems.throwIfAnyInQuery();
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

    private static List<?> list(
            RequestProblems requestProblems, Map<?, ?> envelope, String key, int most, String item) {
        if (!(envelope.get(key) instanceof List<?> items)) {
            requestProblems.add(key, "Invalid input: expected array, received " + RequestProblems.kind(envelope, key));
            return List.of();
        }
        if (items.isEmpty()) {
            requestProblems.add(key, "At least one " + item + " is required");
        }
        if (items.size() > most) {
            requestProblems.add(key, "At most " + most + " " + key + " are allowed");
            return List.of();
        }
        return items;
    }
}
