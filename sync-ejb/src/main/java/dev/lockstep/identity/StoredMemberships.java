package dev.lockstep.identity;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Memberships;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.SyncException;
import dev.lockstep.database.Transactions;
import dev.lockstep.identity.RevocationTable.User;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/** Memberships in their table, changed together with the action that tells of it. */
@ApplicationScoped
class StoredMemberships implements Memberships {
    private final MembershipTable table = new MembershipTable();

    @Inject
    private Transactions transactions;

    @Inject
    private RightsChanges rights;

    @Inject
    private InstantSource clock;

    @Override
    public void join(String application, String subject, String group) {
        if (group.isEmpty()) {
            throw new IllegalArgumentException("a group has a name");
        }
        User user = new User(application, subject);
        String room = new RoomId(application, group).name();
        rights.changed(application, subject, connection -> {
            Set<String> groups = table.groups(connection, user);
            if (!groups.contains(room) && groups.size() >= GROUPS_MAX) {
                throw new SyncException(
                        ErrorCode.TOO_LARGE, "Nobody is in more than " + GROUPS_MAX + " groups; leave one first");
            }
            return table.add(connection, user, room, ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
        });
    }

    @Override
    public void leave(String application, String subject, String group) {
        rights.changed(
                application, subject, connection -> table.remove(connection, new User(application, subject), group));
    }

    @Override
    public Set<String> groupsOf(String application, String subject) {
        return transactions.run(scope -> table.groups(scope.connection(), new User(application, subject)));
    }
}
