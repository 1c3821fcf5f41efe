package dev.lockstep.mutation.idempotency;

import dev.lockstep.api.Caller;
import dev.lockstep.api.Change;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationId;
import dev.lockstep.api.Operation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Identifies a mutation and its repeats.
 *
 * @param value a hash of application, caller, client and the client's id for the mutation
 * @param request a hash of the request: the same value with another request is no repeat
 */
public record IdempotencyKey(String value, String request) {
    /** The first 132 bits of a SHA-256 hash. A collision is expected after about 2 to the 66th mutations. */
    private static final int HASH_CHARACTERS = 22;

    /** Empty if the client gave the mutation no id. */
    public static Optional<IdempotencyKey> of(Mutation mutation) {
        return mutation.id().map(id -> new IdempotencyKey(value(mutation.caller(), id), hash(request(mutation))));
    }

    /** The value of the key of a caller's mutation. */
    public static String value(Caller caller, MutationId id) {
        return hash(identity(caller, id));
    }

    // Each part has its length: otherwise two different lists of parts could give the same text.
    private static String identity(Caller caller, MutationId id) {
        StringBuilder text = new StringBuilder();
        String subject = caller.subject().map(name -> "=" + name).orElse("anonymous");
        for (String part : List.of(caller.application(), subject, id.client(), id.value())) {
            text.append(part.length()).append(':').append(part);
        }
        return text.toString();
    }

    private static String request(Mutation mutation) {
        StringBuilder text = new StringBuilder();
        append(text, mutation.operation().name());
        append(text, mutation.room().name());
        append(text, mutation.scope().orElse(""));
        for (Change change : mutation.changes()) {
            append(text, change.in().value());
            if (mutation.operation() == Operation.MIXED) {
                append(text, change.operation().name()); // elsewhere the mutation has one
            }
            switch (change) {
                case Change.Insert insert -> {
                    append(text, insert.id() == null ? null : insert.id().value());
                    append(text, insert.fields());
                }
                case Change.Update update -> {
                    append(text, update.id().value());
                    append(text, update.fields());
                    update.room().ifPresent(room -> append(text, room));
                }
                case Change.Delete delete -> append(text, delete.id().value());
                case Change.Archive archive -> {
                    append(text, archive.id().value());
                    append(text, archive.at());
                }
                case Change.Unarchive unarchive -> {
                    append(text, unarchive.id().value());
                    append(text, null);
                }
                case Change.Append events -> events.events().forEach(event -> append(text, event.json()));
            }
        }
        return text.toString();
    }

    // With type and length: otherwise 1 and "1", or one text and two, could give the same text.
    private static void append(StringBuilder text, @Nullable Object value) {
        switch (value) {
            case null -> text.append('n');
            case Map<?, ?> members -> {
                text.append('m').append(members.size()).append(':');
                members.forEach((key, member) -> {
                    append(text, key);
                    append(text, member);
                });
            }
            case List<?> items -> {
                text.append('l').append(items.size()).append(':');
                items.forEach(item -> append(text, item));
            }
            default -> {
                String written = value.toString();
                text.append(value instanceof String ? 's' : 'v').append(written.length());
                text.append(':').append(written);
            }
        }
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(digest)
                    .substring(0, HASH_CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
