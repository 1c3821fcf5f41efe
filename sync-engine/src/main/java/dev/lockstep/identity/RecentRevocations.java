package dev.lockstep.identity;

import dev.lockstep.identity.RevocationTable.User;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * A bounded number of the latest revocations. It records up to which time some may be evicted: tokens issued later are
 * checked here alone. Times are microseconds since 1970. Thread-safe.
 */
final class RecentRevocations {
    private final ConcurrentMap<User, Long> byUser = new ConcurrentHashMap<>();
    private final int usersMax;
    private volatile long forgottenUntil = Long.MIN_VALUE;

    /** @param usersMax most users; beyond it, the tenth with the oldest revocations is evicted */
    RecentRevocations(int usersMax) {
        this.usersMax = usersMax;
    }

    /** Adds a revocation; returns whether it is new. */
    boolean add(User user, long revokedAt) {
        Long before = byUser.get(user);
        boolean isNews = before == null || before < revokedAt;
        if (isNews) {
            byUser.merge(user, revokedAt, Math::max);
            if (byUser.size() > usersMax) {
                forgetOldest();
            }
        }
        return isNews;
    }

    private synchronized void forgetOldest() {
        if (byUser.size() <= usersMax) {
            return; // another thread has done it
        }
        int tooMany = byUser.size() - (usersMax - usersMax / 10);
        long[] times =
                byUser.values().stream().mapToLong(Long::longValue).sorted().toArray();
        long until = times[Math.min(tooMany, times.length) - 1];
        forgetUntil(until);
        byUser.values().removeIf(revokedAt -> revokedAt <= until);
    }

    /** Marks revocations up to this time as incomplete. */
    synchronized void forgetUntil(long time) {
        forgottenUntil = Math.max(forgottenUntil, time);
    }

    /** The last revocation of the user, if it is held here. */
    OptionalLong of(User user) {
        Long revokedAt = byUser.get(user);
        return revokedAt == null ? OptionalLong.empty() : OptionalLong.of(revokedAt);
    }

    /** Whether all revocations from this time on are held here. To be called after {@link #of}. */
    boolean knowsAllFrom(long time) {
        return time > forgottenUntil;
    }

    /** The number of users. */
    int size() {
        return byUser.size();
    }
}
