package dev.lockstep.identity;

import dev.lockstep.api.identity.Identity;
import dev.lockstep.database.Transactions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Tickets that browsers put into the address of a socket in place of a token: valid for one upgrade, on any node, for a
 * short time. Thread-safe.
 */
public final class Tickets {
    /** How long a ticket is valid. After it the upgrade is refused with 401, and the client requests another. */
    public static final Duration GOOD_FOR = Duration.ofSeconds(30);

    private static final int BYTES = 32;
    private static final int CHARACTERS = 43;

    private final Transactions transactions;
    private final InstantSource clock;
    private final RandomGenerator random;

    Tickets(Transactions transactions, InstantSource clock, RandomGenerator random) {
        this.transactions = transactions;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Issues a ticket for an authenticated caller. If a token authenticated the caller, ticket and socket end with the
     * token.
     */
    public String issue(Identity.Known known) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = clock.instant();
        // Dated: a revocation of the user invalidates earlier tickets.
        Identity.Known dated =
                new Identity.Known(known.caller(), Optional.of(known.issued().orElse(now)), known.key());
        transactions.run(scope -> {
            forgetOld(scope.connection(), now);
            insert(scope.connection(), ticket, dated, now);
            return ticket;
        });
        return ticket;
    }

    private static void forgetOld(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from lockstep_ticket where expires_at < ?")) {
            delete.setLong(1, micros(now));
            delete.executeUpdate();
        }
    }

    private static void insert(Connection connection, String ticket, Identity.Known known, Instant now)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into lockstep_ticket (hash, application, caller, expires_at) values (?, ?, ?, ?)")) {
            insert.setString(1, hash(ticket));
            insert.setString(2, known.caller().application());
            insert.setString(3, IdentityJson.write(known));
            insert.setLong(4, micros(now.plus(GOOD_FOR)));
            insert.executeUpdate();
        }
    }

    /** Redeems a ticket: its identity; empty if it is unknown, expired or already used. */
    public Optional<Identity.Known> redeem(String application, String ticket) {
        if (ticket.length() != CHARACTERS) {
            return Optional.empty(); // not worth a query
        }
        String hash = hash(ticket);
        long now = micros(clock.instant());
        return transactions.run(scope -> {
            Optional<Identity.Known> known = find(scope.connection(), application, hash, now);
            // Of two concurrent requests, one deletes it.
            return known.isPresent() && delete(scope.connection(), hash) ? known : Optional.empty();
        });
    }

    private static Optional<Identity.Known> find(Connection connection, String application, String hash, long now)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select caller from lockstep_ticket where hash = ? and application = ? and expires_at > ?")) {
            select.setString(1, hash);
            select.setString(2, application);
            select.setLong(3, now);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(IdentityJson.read(application, row.getString(1))) : Optional.empty();
            }
        }
    }

    private static boolean delete(Connection connection, String hash) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from lockstep_ticket where hash = ?")) {
            delete.setString(1, hash);
            return delete.executeUpdate() == 1;
        }
    }

    private static String hash(String ticket) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(ticket.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
