package dev.lockstep.wire.strata.request;

import dev.lockstep.api.SyncException;
import dev.lockstep.wire.json.PlainJson;
import dev.lockstep.wire.strata.request.JsonSource.CutException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code mutate}, read one transaction at a time. An unreadable transaction does not affect the others. Of a body over
 * the limit, the transactions within the limit are read.
 *
 * @param envelope the body as plain values; an {@link Unreadable} replaces each unreadable transaction
 * @param isCut whether the body has more than was read
 */
public record MutateBody(@Nullable Object envelope, boolean isCut) {
    private static final String TRANSACTIONS = "transactions";

    /** Most characters in which the id of a too large transaction is searched for. */
    private static final int ID_WITHIN_CHARACTERS = 64 * 1024;

    /**
     * An unreadable transaction.
     *
     * @param members its readable members
     * @param reason the fault and its field
     */
    record Unreadable(Map<?, ?> members, String reason) {}

    /**
     * Reads a body.
     *
     * @throws StrataError if it is not JSON, or if its first transaction exceeds the limit
     */
    static MutateBody read(InputStream body, long bytesMax) throws IOException {
        JsonSource source = new JsonSource(body, bytesMax);
        Reading reading = new Reading(source, bytesMax);
        try {
            return new MutateBody(reading.body(), false);
        } catch (CutException cut) {
            return new MutateBody(reading.readSoFar(), true);
        } catch (CharacterCodingException e) {
            throw StrataError.malformed();
        } catch (SyncException unreadable) {
            throw StrataError.malformed();
        }
    }

    private static final class Reading {
        private final JsonSource source;
        private final long bytesMax;
        private final Map<String, @Nullable Object> envelope = new LinkedHashMap<>();
        private List<@Nullable Object> transactions = new ArrayList<>();

        Reading(JsonSource source, long bytesMax) {
            this.source = source;
            this.bytesMax = bytesMax;
        }

        private @Nullable Object body() throws IOException {
            if (source.peek() == JsonSource.END) {
                throw StrataError.emptyBody();
            }
            if (source.peek() != '{') {
                Object other = PlainJson.parse(source.value().text());
                requireEnd();
                return other;
            }
            source.take();
            boolean isFirst = true;
            while (source.peek() != '}') {
                if (!isFirst) {
                    require(',');
                }
                isFirst = false;
                member();
            }
            source.take();
            requireEnd();
            return envelope;
        }

        private void member() throws IOException {
            if (source.peek() != '"' || !(PlainJson.parse(source.value().text()) instanceof String key)) {
                throw StrataError.malformed();
            }
            require(':');
            if (key.equals(TRANSACTIONS) && source.peek() == '[') {
                transactions = new ArrayList<>();
                envelope.put(key, transactions);
                items();
            } else {
                envelope.put(key, PlainJson.parse(source.value().text()));
            }
        }

        private void items() throws IOException {
            source.take();
            while (source.peek() != ']') {
                if (!transactions.isEmpty()) {
                    require(',');
                }
                JsonSource.Value item = source.value();
                Object read = PlainJson.parse(item.text());
                transactions.add(
                        item.fault().isPresent() && read instanceof Map<?, ?> members
                                ? new Unreadable(members, item.fault().get())
                                : read);
                if (transactions.size() > StrataRequests.TRANSACTIONS_MAX) {
                    throw tooMany();
                }
            }
            source.take();
        }

        private static StrataError tooMany() {
            RequestProblems requestProblems = new RequestProblems();
            requestProblems.add(
                    TRANSACTIONS, "At most " + StrataRequests.TRANSACTIONS_MAX + " transactions are allowed");
            return StrataError.invalidBody(Optional.empty(), requestProblems.details());
        }

        private void require(char expected) throws IOException {
            if (source.peek() != expected) {
                throw StrataError.malformed();
            }
            source.take();
        }

        private void requireEnd() throws IOException {
            if (source.peek() != JsonSource.END) {
                throw StrataError.malformed();
            }
        }

        /**
         * The transactions that were read before the limit.
         *
         * @throws StrataError if the first one alone exceeds it: its client drops it, and sends the others again
         */
        private Map<String, @Nullable Object> readSoFar() {
            if (transactions.isEmpty()) {
                String id = PlainJson.member(source.prefix(ID_WITHIN_CHARACTERS), "clientTxId")
                        .orElseThrow(StrataError::tooLarge);
                RequestProblems requestProblems = new RequestProblems();
                requestProblems.add(
                        TRANSACTIONS,
                        "The transaction is larger than a request may be (" + bytesMax
                                + " bytes); send less in one transaction");
                throw StrataError.invalidBody(Optional.of(id), requestProblems.details());
            }
            return Map.of("batchId", "cut", TRANSACTIONS, transactions);
        }
    }
}
