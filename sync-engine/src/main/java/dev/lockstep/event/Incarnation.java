package dev.lockstep.event;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * One life of a store: its events have one incarnation, a reset begins another. Clients know it by its backend id, which
 * changes with a restore of the database as well: then they drop events that the database may have lost.
 *
 * @param id 21 characters of URL-safe Base64
 * @param epoch the epoch of the log in which it began
 */
record Incarnation(String id, long epoch) {
    private static final int CHARACTERS = 21;

    private static final int BYTES = 16;

    private static final SecureRandom RANDOM = new SecureRandom();

    static Incarnation begin(long epoch) {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new Incarnation(characters(bytes), epoch);
    }

    /** The id that clients know in an epoch. */
    String backendId(long currentEpoch) {
        return currentEpoch == epoch ? id : characters(hash(id + ":" + currentEpoch));
    }

    private static String characters(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).substring(0, CHARACTERS);
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
