package dev.lockstep.identity;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.identity.Memberships;
import dev.lockstep.database.DatabaseFailures;
import dev.lockstep.database.Transactions;
import dev.lockstep.identity.RevocationTable.User;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Memberships in their table, changed in one transaction with the action that logs the change. */
@ApplicationScoped
class StoredMemberships implements Memberships {
    /** How long cached groups are used. Changes outside this server take effect after it. */
    private static final Duration KEPT = Duration.ofSeconds(10);

    /** Most users whose groups are cached. Beyond it the cache is cleared. */
    private static final int USERS_MAX = 50_000;

    private final MembershipTable table = new MembershipTable();
    private final ConcurrentMap<User, Known> byUser = new ConcurrentHashMap<>();

    /** The groups of a user; empty while they are being read. An entry that was replaced or removed meanwhile is outdated. */
    private static final class Known {
        private final Optional<Set<String>> groups;
        private final long readNanos;

        Known(Optional<Set<String>> groups, long readNanos) {
            this.groups = groups;
            this.readNanos = readNanos;
        }

        Optional<Set<String>> at(long now) {
            return now - readNanos > KEPT.toNanos() ? Optional.empty() : groups;
        }
    }

    @Inject
    private Transactions transactions;

    @Inject
    private RightsChanges rights;

    @Inject
    private InstantSource clock;

    @PostConstruct
    void listen() {
        rights.listenFirst(this::forget);
    }

    @Override
    public void join(String application, String subject, String group) {
        if (group.isEmpty()) {
            throw new IllegalArgumentException("a group has a name");
        }
        User user = new User(application, subject);
        RoomId entered = new RoomId(application, group);
        if (entered.isOwn()) {
            throw new IllegalArgumentException(
                    "the name of a group does not begin with '~': such rooms are users' own");
        }
        String room = entered.name();
        rights.changed(application, subject, connection -> {
            Set<String> groups = table.groups(connection, user);
            if (!groups.contains(room) && groups.size() >= GROUPS_MAX) {
                throw new SyncException(
                        ErrorCode.TOO_LARGE, "A user is in at most " + GROUPS_MAX + " groups; leave one first");
            }
            return table.add(connection, user, room, ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
        });
        forget(application, subject);
    }

    @Override
    public void leave(String application, String subject, String group) {
        rights.changed(
                application, subject, connection -> table.remove(connection, new User(application, subject), group));
        forget(application, subject);
    }

    @Override
    public Set<String> groupsOf(String application, String subject) {
        User user = new User(application, subject);
        long now = System.nanoTime();
        return Optional.ofNullable(byUser.get(user))
                .flatMap(known -> known.at(now))
                .orElseGet(() -> reload(user, now));
    }

    // Not within compute: an invalidation must not wait for the database.
    private Set<String> reload(User user, long now) {
        if (byUser.size() >= USERS_MAX) {
            byUser.clear();
        }
        Known reading = new Known(Optional.empty(), now);
        byUser.put(user, reading);
        Set<String> groups = read(user);
        byUser.replace(user, reading, new Known(Optional.of(groups), now));
        return groups;
    }

    private Set<String> read(User user) {
        return DatabaseFailures.refusing(
                "The groups of a user could not be read",
                () -> Collections.unmodifiableSet(transactions.run(scope -> table.groups(scope.connection(), user))));
    }

    private void forget(String application, String subject) {
        byUser.remove(new User(application, subject));
    }
}
