package dev.lockstep.system.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Issuer of handmade tokens. It records all of them: none of them may be written to a log. */
public final class Issuer {
    public static final String NAME = "https://issuer.example";

    private final Queue<String> issued = new ConcurrentLinkedQueue<>();
    private final byte[] secret;
    private final Path keyFile;
    private KeyPair pair = keyPair();

    /** @param keyFile where it publishes its key */
    public Issuer(String secret, Path keyFile) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
        this.keyFile = keyFile;
        publish();
    }

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void publish() {
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        String set = "{\"keys\":[{\"kty\":\"RSA\",\"n\":\""
                + encoded(key.getModulus().toByteArray()) + "\",\"e\":\""
                + encoded(key.getPublicExponent().toByteArray()) + "\"}]}";
        try {
            Path next = Files.writeString(keyFile.resolveSibling("next.json"), set);
            Files.move(next, keyFile, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces its key: it signs with another one, and tokens of the earlier key become invalid. */
    void rotate() {
        pair = keyPair();
        publish();
    }

    /** A token that is valid for a while, signed with the secret. */
    public String token(String subject) {
        return token(subject, Duration.ofMinutes(5));
    }

    String token(String subject, Duration goodFor) {
        return shared("{\"alg\":\"HS256\"}", claims(subject, Instant.now(), goodFor));
    }

    /** A token of a user in these groups. */
    String tokenInGroups(String subject, String... groups) {
        String claims = claims(subject, Instant.now(), Duration.ofMinutes(5));
        String listed = Stream.of(groups).collect(Collectors.joining("\",\"", "[\"", "\"]"));
        return shared("{\"alg\":\"HS256\"}", claims.replaceFirst("\\{", "{\"groups\":" + listed + ","));
    }

    /** A token with other times. */
    String tokenOf(String subject, Instant issued) {
        return shared("{\"alg\":\"HS256\"}", claims(subject, issued, Duration.ofMinutes(5)));
    }

    /** A token signed with the key of the file. */
    String keyToken(String subject) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pair.getPrivate());
            String text = text("{\"alg\":\"RS256\"}", claims(subject, Instant.now(), Duration.ofMinutes(5)));
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return remembered(text + "." + encoded(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An unsigned token. */
    String unsigned(String subject) {
        return remembered(text("{\"alg\":\"none\"}", claims(subject, Instant.now(), Duration.ofMinutes(5))) + ".");
    }

    String shared(String header, String claims) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            String text = text(header, claims);
            return remembered(text + "." + encoded(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String claims(String subject, Instant issued, Duration goodFor) {
        return "{\"sub\":\"" + subject + "\",\"iss\":\"" + NAME + "\",\"role\":\"reader\",\"iat\":"
                + issued.getEpochSecond() + ",\"exp\":"
                + issued.plus(goodFor).getEpochSecond() + "}";
    }

    private static String text(String header, String claims) {
        return encoded(header.getBytes(StandardCharsets.UTF_8)) + "."
                + encoded(claims.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Records a text that is as secret as a token. */
    String remembered(String token) {
        issued.add(token);
        return token;
    }

    List<String> issued() {
        return List.copyOf(issued);
    }
}
