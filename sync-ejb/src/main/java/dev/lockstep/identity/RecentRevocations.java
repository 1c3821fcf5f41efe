package dev.lockstep.identity;

import dev.lockstep.identity.RevocationTable.User;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The last revocations, a bounded number of them. Knows up to which time it may have forgotten some: what was issued later
 * is judged here alone. Times are microseconds since 1970. Thread-safe.
 */
final class RecentRevocations {
    private final ConcurrentMap<User, Long> byUser = new ConcurrentHashMap<>();
    private final int usersMax;
    private volatile long forgottenUntil = Long.MIN_VALUE;

    /** @param usersMax most users; of more, a tenth is forgotten whose revocations are the oldest */
    RecentRevocations(int usersMax) {
        this.usersMax = usersMax;
    }

    /** Whether it is news. */
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

    /** Revocations of this time and before are not all known here. */
    synchronized void forgetUntil(long time) {
        forgottenUntil = Math.max(forgottenUntil, time);
    }

    /** When the user was revoked last, if that is known here. */
    OptionalLong of(User user) {
        Long revokedAt = byUser.get(user);
        return revokedAt == null ? OptionalLong.empty() : OptionalLong.of(revokedAt);
    }

    /** Whether all revocations of this time and later are known here. Asked after {@link #of}. */
    boolean knowsAllFrom(long time) {
        return time > forgottenUntil;
    }

    /** How many users it holds. */
    int size() {
        return byUser.size();
    }
}
