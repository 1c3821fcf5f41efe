package dev.lockstep.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lockstep.access.policy.ApplicationRules;
import dev.lockstep.access.policy.Policies;
import dev.lockstep.api.Access;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.access.AccessPolicy;
import dev.lockstep.delivery.PublisherThread;
import dev.lockstep.event.EventStores;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * The users who own event stores. A store belongs to the user who created it, unless the application has a rule of its own:
 * a room access rule, member rooms, collection rules or an access rule. Thread-safe.
 */
@ApplicationScoped
class StoreOwners {
    /** Most stores whose owners are kept in memory. The owner of a store changes with a restore of the database only. */
    private static final int KNOWN_MAX = 10_000;

    @Inject
    private EventStores stores;

    @Inject
    private Policies policies;

    @Inject
    private ApplicationRules rules;

    @Inject
    private PublisherThread publisher;

    private final Cache<RoomId, Optional<String>> known =
            Caffeine.newBuilder().maximumSize(KNOWN_MAX).executor(Runnable::run).build();

    @PostConstruct
    void followRestores() {
        publisher.onRestore(this::forgetAll);
    }

    /** The database was restored: stores may have other owners, or none. */
    void forgetAll() {
        known.invalidateAll();
    }

    /** The refusal of a caller who does not own the store. Creates the store if it does not exist. May block. */
    Optional<Refusal> refuses(Access access) {
        Optional<String> owner;
        try {
            owner = owner(access);
        } catch (SyncException unavailable) {
            return Optional.of(unavailable.refusal());
        }
        return owner.isEmpty() || owner.equals(access.caller().subject()) || isDecidedByApplication(access)
                ? Optional.empty()
                : Optional.of(Refusal.forbidden("Forbidden: this store belongs to another user"));
    }

    /** The store may not exist any more, after a restore of the database: the next request opens it again. */
    void forget(RoomId store) {
        known.invalidate(store);
    }

    private Optional<String> owner(Access access) {
        // Not as a loader: an invalidation must not wait for the database.
        Optional<String> owner = known.getIfPresent(access.room());
        if (owner == null) {
            owner = stores.open(access.room(), access.caller().subject()).owner();
            known.put(access.room(), owner);
        }
        return owner;
    }

    private boolean isDecidedByApplication(Access access) {
        AccessPolicy policy = policies.of(access);
        return policy.room().isPresent()
                || policy.memberRooms()
                || policy.rules().isPresent()
                || rules.has(access.room().application());
    }
}
