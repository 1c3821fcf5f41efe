package dev.lockstep.collection.identifier;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.collection.value.FieldType;
import dev.lockstep.collection.value.JsonText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Ids of rows with a composite key: UUIDs of version 5 (RFC 9562, section 5.5) from the collection's name and the values
 * of the key. Clients can compute the same ids.
 */
public final class CompositeIds {
    /** The namespace of such ids in Strata Sync 0.5.1; its clients and this server must agree on it. */
    private static final byte[] NAMESPACE = HexFormat.of().parseHex("92a73695d7724b439fb4d79f5fbef300");

    private CompositeIds() {}

    /**
     * The id of a row.
     *
     * @param key the names of the key's fields
     * @param fields values by field names
     * @return empty if a key field has no storable text, or if the key is empty
     */
    public static Optional<EntityId> of(
            CollectionName collection, List<String> key, Map<String, @Nullable Object> fields) {
        JsonText name = new JsonText().raw(collection.value()).raw(":");
        String before = "[";
        for (String part : key) {
            if (!(fields.get(part) instanceof String value) || value.isEmpty() || !FieldType.isStorable(value)) {
                return Optional.empty();
            }
            name.raw(before).string(value);
            before = ",";
        }
        return key.isEmpty()
                ? Optional.empty()
                : Optional.of(new EntityId(nameBased(name.raw("]").toString()).toString()));
    }

    private static UUID nameBased(String name) {
        MessageDigest sha1 = sha1();
        sha1.update(NAMESPACE);
        byte[] hash = sha1.digest(name.getBytes(StandardCharsets.UTF_8));
        long high = (eightBytes(hash, 0) & ~0xF000L) | 0x5000L;
        long low = (eightBytes(hash, Long.BYTES) & (-1L >>> 2)) | (0b10L << 62);
        return new UUID(high, low);
    }

    private static long eightBytes(byte[] hash, int from) {
        return Long.parseUnsignedLong(HexFormat.of().formatHex(hash, from, from + Long.BYTES), 16);
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
