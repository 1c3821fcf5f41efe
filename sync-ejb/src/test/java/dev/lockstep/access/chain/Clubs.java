package dev.lockstep.access.chain;

import dev.lockstep.api.Memberships;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Memberships in memory. */
@ApplicationScoped
public class Clubs implements Memberships {
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
        return Set.copyOf(bySubject.getOrDefault(subject, Set.of()));
    }
}
