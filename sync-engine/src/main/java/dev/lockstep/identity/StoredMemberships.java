package dev.lockstep.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
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

/** Memberships in their table, changed in one transaction with the action that logs the change. */
@ApplicationScoped
class StoredMemberships implements Memberships {
    /** How long cached groups are used. Changes outside this server take effect after it. */
    private static final Duration KEPT = Duration.ofSeconds(10);

    /** Most users whose groups are cached. */
    private static final int USERS_MAX = 50_000;

    private final MembershipTable table = new MembershipTable();
    private final Cache<User, Known> byUser = Caffeine.newBuilder()
            .maximumSize(USERS_MAX)
            .expireAfter(new SinceReadBegan())
            .executor(Runnable::run)
            .build();

    /** The groups of a user; empty while they are being read. An entry that was replaced or removed meanwhile is outdated. */
    private static final class Known {
        private final Optional<Set<String>> groups;

        Known(Optional<Set<String>> groups) {
            this.groups = groups;
        }

        Optional<Set<String>> groups() {
            return groups;
        }
    }

    /** The lifetime counts from the begin of a read: its end replaces an entry, and does not prolong it. */
    private static final class SinceReadBegan implements Expiry<User, Known> {
        @Override
        public long expireAfterCreate(User user, Known known, long now) {
            return KEPT.toNanos();
        }

        @Override
        public long expireAfterUpdate(User user, Known known, long now, long left) {
            return left;
        }

        @Override
        public long expireAfterRead(User user, Known known, long now, long left) {
            return left;
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
        return Optional.ofNullable(byUser.getIfPresent(user))
                .flatMap(Known::groups)
                .orElseGet(() -> reload(user));
    }

    // Not within compute: an invalidation must not wait for the database.
    private Set<String> reload(User user) {
        Known reading = new Known(Optional.empty());
        byUser.put(user, reading);
        Set<String> groups = read(user);
        byUser.asMap().replace(user, reading, new Known(Optional.of(groups)));
        return groups;
    }

    private Set<String> read(User user) {
        return DatabaseFailures.refusing(
                "The groups of a user could not be read",
                () -> Collections.unmodifiableSet(transactions.run(scope -> table.groups(scope.connection(), user))));
    }

    private void forget(String application, String subject) {
        byUser.invalidate(new User(application, subject));
    }
}
