package dev.lockstep.wire.strata.request;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.MutationId;
import dev.lockstep.api.Operation;
import dev.lockstep.api.SyncException;
import dev.lockstep.wire.json.PlainJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reader of bodies and queries (contract, sections 1.1 to 1.4). Its refusals have the texts of the contract. */
public final class StrataRequests {
    /** The prefix of a client's id in a {@link MutationId}. */
    public static final String DIALECT = "strata:";

    /** Longest id of a client, in characters: with the prefix it has the length of the log's column. A longer one is refused. */
    static final int CLIENT_CHARACTERS_MAX = MutationId.CHARACTERS_MAX - DIALECT.length();

    /** Most transactions in one request. More are refused. */
    static final int TRANSACTIONS_MAX = 100;

    /** Most loads in one request. More are refused. */
    static final int LOADS_MAX = 100;

    /** Default actions in a page of deltas. */
    static final int PAGE_ACTIONS = 1000;

    /** Most actions in a page of deltas. A larger limit of a client is reduced to it. */
    static final int PAGE_ACTIONS_MAX = 5000;

    private static final String REQUESTS = "requests";

    private StrataRequests() {}

    /**
     * A client's request for one row.
     *
     * @param fault why it is refused; empty if it is valid
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

        /** A transaction that could not be read. */
        static Transaction refused(String clientTxId, String fault) {
            return new Transaction(Operation.READ, "", clientTxId, "", "", Map.of(), Optional.of(fault));
        }

        public MutationId mutationId() {
            return new MutationId(DIALECT + clientId, clientTxId).withoutComparison();
        }
    }

    /** Rows that a client requests. */
    public sealed interface Load {
        String modelName();

        /** Rows with a value in a field. */
        record Indexed(String modelName, String indexedKey, String keyValue) implements Load {}

        /** Rows of a group. */
        record OfGroup(String modelName, String groupId) implements Load {}
    }

    /**
     * A bootstrap.
     *
     * @param models the requested models; all, if empty
     * @param groups the requested groups; all, if empty
     * @param isFull whether its client starts without data, and learns its groups from the response
     */
    public record Bootstrap(
            Optional<List<String>> models, Optional<List<String>> groups, String schemaHash, boolean isFull) {
        /**
         * The bootstrap for a user. A client that starts without data requests the groups of its last response, and would
         * not learn of groups joined since. So a list that has the user's own group, as every response has, counts as all.
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
     * @param after the last action that the client has seen; may exceed a long
     */
    public record DeltasAfter(BigInteger after, int actionsMax, Optional<List<String>> groups) {}

    /**
     * The JSON of a body; an empty text for a plain text body.
     *
     * @throws StrataError if it is too large or unreadable
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
     * @throws StrataError if it is unreadable
     */
    public static MutateBody mutateBody(@Nullable String contentType, InputStream body, long bytesMax)
            throws IOException {
        return isText(contentType) ? new MutateBody("", false) : MutateBody.read(body, bytesMax);
    }

    /** Whether a body is declared as plain text; otherwise it is declared as JSON. */
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

    public static List<Load> batch(@Nullable Object body) {
        RequestProblems problems = new RequestProblems();
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

    public static Bootstrap bootstrap(Map<String, List<String>> query) {
        RequestProblems problems = new RequestProblems();
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

    public static DeltasAfter deltas(Map<String, List<String>> query) {
        RequestProblems problems = new RequestProblems();
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

    static List<?> list(RequestProblems problems, Map<?, ?> envelope, String key, int itemsMax, String item) {
        if (!(envelope.get(key) instanceof List<?> items)) {
            problems.add(key, "Invalid input: expected array, received " + RequestProblems.kind(envelope, key));
            return List.of();
        }
        if (items.isEmpty()) {
            problems.add(key, "At least one " + item + " is required");
        }
        if (items.size() > itemsMax) {
            problems.add(key, "At most " + itemsMax + " " + key + " are allowed");
            return List.of();
        }
        return items;
    }
}
