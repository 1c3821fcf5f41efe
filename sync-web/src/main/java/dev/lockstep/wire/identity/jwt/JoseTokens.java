package dev.lockstep.wire.identity.jwt;

import dev.lockstep.api.Caller;
import dev.lockstep.api.identity.Identity;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;

/** Verifier of tokens, with jose4j, which WildFly includes. Loaded only if tokens are configured. */
final class JoseTokens {
    private final JwtSettings settings;
    private final InstantSource clock;

    JoseTokens(JwtSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * The result of a verification.
     *
     * @param signed whether one of the keys signed the token; its claims may be invalid all the same
     */
    record Result(Identity identity, boolean signed) {}

    Result verify(String application, String token, List<VerificationKey> keys) {
        try {
            JsonWebSignature jws = new JsonWebSignature();
            jws.setCompactSerialization(token);
            String algorithm = jws.getAlgorithmHeaderValue();
            Optional<String> id = Optional.ofNullable(jws.getKeyIdHeaderValue());
            for (VerificationKey key : keys) {
                if (algorithm != null && key.fits(algorithm, id)) {
                    Optional<Identity> identity = verify(application, token, key);
                    if (identity.isPresent()) {
                        return new Result(identity.get(), true);
                    }
                }
            }
        } catch (JoseException | RuntimeException malformed) {
            return new Result(Identity.refused(), true); // invalid with any key
        }
        return new Result(Identity.refused(), false);
    }

    /** The identity, or empty if another key signed the token. */
    private Optional<Identity> verify(String application, String token, VerificationKey key) {
        try {
            JwtClaims claims = consumer(key).processToClaims(token);
            return Optional.of(
                    new Identity.Known(caller(application, claims), issued(claims), Optional.of(key.name())));
        } catch (InvalidJwtException e) {
            return e.hasErrorCode(ErrorCodes.SIGNATURE_INVALID) ? Optional.empty() : Optional.of(Identity.refused());
        } catch (MalformedClaimException | IllegalArgumentException invalid) {
            return Optional.of(Identity.refused());
        }
    }

    private org.jose4j.jwt.consumer.JwtConsumer consumer(VerificationKey key) {
        JwtConsumerBuilder builder = new JwtConsumerBuilder()
                .setVerificationKey(key.key())
                .setJwsAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, key.algorithm()))
                .setEvaluationTime(NumericDate.fromMilliseconds(clock.instant().toEpochMilli()))
                .setAllowedClockSkewInSeconds(
                        Math.toIntExact(settings.clockSkew().toSeconds()))
                .setRequireExpirationTime()
                .setRequireSubject();
        settings.issuer().ifPresent(builder::setExpectedIssuer);
        return (settings.audiences().isEmpty()
                        ? builder.setSkipDefaultAudienceValidation()
                        : builder.setExpectedAudience(settings.audiences().toArray(String[]::new)))
                .build();
    }

    private Caller caller(String application, JwtClaims claims) throws MalformedClaimException {
        Map<String, Object> present = new HashMap<>();
        claims.getClaimsMap().forEach((name, value) -> {
            if (value != null) {
                present.put(name, value);
            }
        });
        // The issuer's clock may be slow by the skew, so the expiry counts from the skew on.
        Instant expiry = instant(claims.getExpirationTime()).plus(settings.clockSkew());
        return new Caller(application, Optional.of(claims.getSubject()), present, Optional.of(expiry));
    }

    /** The time of issue. A token without it counts as the oldest possible. */
    private static Optional<Instant> issued(JwtClaims claims) throws MalformedClaimException {
        NumericDate issued = claims.getIssuedAt();
        return Optional.of(issued == null ? Instant.EPOCH : instant(issued));
    }

    private static Instant instant(NumericDate date) {
        return Instant.ofEpochMilli(date.getValueInMillis());
    }
}
