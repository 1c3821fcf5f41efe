package dev.lockstep.access.chain;

import dev.lockstep.api.identity.Memberships;
import dev.lockstep.database.TransactionFailed;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Memberships in memory, except those of {@link #CUT_OFF}. */
@ApplicationScoped
public class InMemoryMemberships implements Memberships {
    /** A user whose memberships are in an unavailable database. */
    static final String CUT_OFF = "cut-off";

    private final Map<String, Set<String>> bySubject = new ConcurrentHashMap<>();

    @Override
    public void join(String application, String subject, String group) {
        bySubject.computeIfAbsent(subject, first -> new TreeSet<>()).add(group);
    }

    @Override
    public void leave(String application, String subject, String group) {
        bySubject.getOrDefault(subject, new TreeSet<>()).remove(group);
    }

    @Override
    public Set<String> groupsOf(String application, String subject) {
        if (subject.equals(CUT_OFF)) {
            throw new TransactionFailed(new SQLException("as the test wants it"));
        }
        return Set.copyOf(bySubject.getOrDefault(subject, Set.of()));
    }
}
