package dev.lockstep.wire.strata.request;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.MutationId;
import dev.lockstep.api.Operation;
import dev.lockstep.wire.strata.request.StrataError.Detail;
import dev.lockstep.wire.strata.request.StrataRequests.Transaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reader of the transactions in a body of {@code mutate} (contract, section 1.4). */
public final class MutateRequests {
    private static final Map<String, Operation> ACTIONS = actions();

    private static final String TRANSACTIONS = "transactions";

    private MutateRequests() {}

    private static Map<String, Operation> actions() {
        Map<String, Operation> actions = new LinkedHashMap<>();
        Stream.of(Operation.INSERT, Operation.UPDATE, Operation.DELETE, Operation.ARCHIVE, Operation.UNARCHIVE)
                .forEach(each -> actions.put(each.name(), each));
        return actions;
    }

    /**
     * The transactions of a body.
     *
     * @throws StrataError if the body is invalid
     */
    public static List<Transaction> transactions(@Nullable Object body) {
        RequestProblems problems = new RequestProblems();
        Map<?, ?> envelope = problems.object("root", body);
        problems.throwIfAny(Optional.empty());
        problems.text("batchId", envelope, "batchId", "Batch ID is required");
        List<?> sent =
                StrataRequests.list(problems, envelope, TRANSACTIONS, StrataRequests.TRANSACTIONS_MAX, "transaction");
        List<Transaction> transactions = new ArrayList<>();
        Optional<String> firstFault = Optional.empty();
        for (Object each : sent) {
            int before = problems.count();
            Optional<String> unreadable =
                    each instanceof MutateBody.Unreadable part ? Optional.of(part.reason()) : Optional.empty();
            Map<?, ?> members =
                    problems.object(TRANSACTIONS, each instanceof MutateBody.Unreadable part ? part.members() : each);
            if (unreadable.isPresent()) {
                transactions.add(Transaction.refused(clientTxId(problems, members), unreadable.get()));
            } else if (problems.count() == before) {
                transactions.add(transaction(problems, members));
            }
            if (problems.count() > before && firstFault.isEmpty()) {
                firstFault = idOf(members);
            }
        }
        problems.throwIfAny(firstFault);
        return transactions;
    }

    private static Optional<String> idOf(Map<?, ?> transaction) {
        return transaction.get("clientTxId") instanceof String id && !id.isEmpty() ? Optional.of(id) : Optional.empty();
    }

    private static Transaction transaction(RequestProblems problems, Map<?, ?> members) {
        Operation action = ACTIONS.getOrDefault(
                problems.option(TRANSACTIONS, members.get("action"), ACTIONS.keySet()), Operation.READ);
        String clientId = problems.text(TRANSACTIONS, members, "clientId", "Client ID is required");
        problems.storable(TRANSACTIONS, clientId, "Client ID (clientId)", StrataRequests.CLIENT_CHARACTERS_MAX);
        String clientTxId = clientTxId(problems, members);
        String modelId = problems.text(TRANSACTIONS, members, "modelId", "Model ID is required");
        String modelName = problems.text(TRANSACTIONS, members, "modelName", "Model name is required");
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        if (members.get("payload") instanceof Map<?, ?> fields) {
            fields.forEach((key, value) -> payload.put((String) key, value));
        } else {
            problems.add(
                    TRANSACTIONS,
                    "Invalid input: expected record, received " + RequestProblems.kind(members, "payload"));
        }
        return new Transaction(action, clientId, clientTxId, modelId, modelName, payload, fault(modelId, modelName));
    }

    private static String clientTxId(RequestProblems problems, Map<?, ?> members) {
        String id = problems.text(TRANSACTIONS, members, "clientTxId", "Client transaction ID is required");
        problems.storable(TRANSACTIONS, id, "Client transaction ID (clientTxId)", MutationId.CHARACTERS_MAX);
        return id;
    }

    /** The fault of a transaction with an invalid row id. Only this transaction is refused; the original server accepts any id. */
    private static Optional<String> fault(String modelId, String modelName) {
        RequestProblems problems = new RequestProblems();
        problems.storable("modelName", modelName, "Model name (modelName)", EntityId.CHARACTERS_MAX);
        problems.storable("modelId", modelId, "Model ID (modelId)", EntityId.CHARACTERS_MAX);
        return problems.details().stream().map(Detail::message).reduce((one, other) -> one + "; " + other);
    }
}
