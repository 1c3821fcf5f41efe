package dev.lockstep.collection;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;

/** The shape of a collection's rows, as a short hash. */
final class CollectionShape {
    private CollectionShape() {}

    /** The order of the fields and the constants of an enum are not part of the shape. */
    static String of(List<FieldModel> fields) {
        List<String> described = new ArrayList<>();
        for (FieldModel field : fields) {
            if (field.isSent()) {
                described.add(String.join(
                        " ",
                        field.name(),
                        field.javaType().getName(),
                        field.isSentAsText()
                                ? "text"
                                : field.type().isStructured() || field.key().isPresent()
                                        ? field.type().kind().shape()
                                        : "",
                        field.isRoom() ? "room" : "",
                        field.isScope() ? "scope" : ""));
            }
        }
        Collections.sort(described);
        return hash(String.join("\n", described));
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
