package dev.lockstep.wire.identity;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Valid and invalid tokens, made by hand without the library under test. */
public final class TokenFixture {
    private TokenFixture() {}

    public static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String hs256(String secret, String claims) {
        return withSecret(secret, "{\"alg\":\"HS256\"}", claims);
    }

    public static String withSecret(String secret, String header, String claims) {
        return withSecret(secret.getBytes(StandardCharsets.UTF_8), header, claims);
    }

    public static String withSecret(byte[] secret, String header, String claims) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            String text = unsigned(header, claims);
            return text + "." + encoded(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String rs256(KeyPair pair, String header, String claims) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pair.getPrivate());
            String text = unsigned(header, claims);
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return text + "." + encoded(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** On {@code secp256r1} or {@code secp384r1}, among others. */
    public static KeyPair ecKeyPair(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param bits 256 or 384: of the hash */
    public static String es(int bits, KeyPair pair, String header, String claims) {
        try {
            Signature signature = Signature.getInstance("SHA" + bits + "withECDSAinP1363Format");
            signature.initSign(pair.getPrivate());
            String text = unsigned(header, claims);
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return text + "." + encoded(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param more other members, each with a leading comma */
    public static String ecJwk(KeyPair pair, String curve, String more) {
        ECPublicKey key = (ECPublicKey) pair.getPublic();
        int bytes = (key.getParams().getCurve().getField().getFieldSize() + 7) / 8;
        return "{\"kty\":\"EC\",\"crv\":\"" + curve + "\",\"x\":\""
                + encoded(padded(key.getW().getAffineX(), bytes)) + "\",\"y\":\""
                + encoded(padded(key.getW().getAffineY(), bytes)) + "\"" + more + "}";
    }

    private static byte[] padded(BigInteger value, int bytes) {
        byte[] all = value.toByteArray();
        byte[] padded = new byte[bytes];
        int length = Math.min(all.length, bytes);
        System.arraycopy(all, all.length - length, padded, bytes - length, length);
        return padded;
    }

    public static String unsigned(String header, String claims) {
        return encoded(header.getBytes(StandardCharsets.UTF_8)) + "."
                + encoded(claims.getBytes(StandardCharsets.UTF_8));
    }

    public static String pem(KeyPair pair) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    public static String jwk(KeyPair pair, String id) {
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        return "{\"kty\":\"RSA\",\"kid\":\"" + id + "\",\"n\":\""
                + encoded(key.getModulus().toByteArray()) + "\",\"e\":\""
                + encoded(key.getPublicExponent().toByteArray()) + "\"}";
    }

    public static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
