package dev.lockstep.api.access;

import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.identity.GroupResolver;
import dev.lockstep.api.identity.Memberships;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who may do what in an application: one CDI bean of this type, made by a producer in one of the application's packages.
 * Immutable; checked when the engine starts, so that one that cannot work fails the deployment. Each part is asked for
 * every read, write and subscription of every dialect, in the order of {@link AccessOrder}; the first refusal wins.
 * Without a policy everybody may do what the application's {@link AccessRule}s let them.
 *
 * @param requiresAuthentication whether anonymous callers are refused
 * @param perUser whether it was made by {@link Builder#perUser}: then every collection needs a {@link RoomColumn}
 * @param room who may enter which room
 * @param memberRooms whether a room is its members' alone
 * @param ownership whose rows may be written
 * @param collections the only collections that there are for callers; all, if empty
 * @param rules what may be done to which collection
 * @param readFilters by the collections' names, which rows may be read; all, where a collection has none
 * @param logs whether each request is logged, and what came of it
 */
public record AccessPolicy(
        boolean requiresAuthentication,
        boolean perUser,
        Optional<RoomAccess> room,
        boolean memberRooms,
        Optional<Ownership> ownership,
        Optional<Set<String>> collections,
        Optional<CollectionRules> rules,
        Map<String, ReadFilter> readFilters,
        boolean logs) {
    public AccessPolicy {
        collections = collections.map(Set::copyOf);
        readFilters = Map.copyOf(readFilters);
    }

    /** A policy to which parts are added. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects the parts of a policy. */
    public static final class Builder {
        private boolean requiresAuthentication;
        private boolean perUser;
        private boolean memberRooms;
        private Optional<RoomAccess> room = Optional.empty();
        private Optional<Ownership> ownership = Optional.empty();
        private Optional<Set<String>> collections = Optional.empty();
        private Optional<CollectionRules> rules = Optional.empty();
        private final Map<String, ReadFilter> readFilters = new LinkedHashMap<>();
        private boolean logs;

        private Builder() {}

        /** Anonymous callers are refused. */
        public Builder requireAuthentication() {
            requiresAuthentication = true;
            return this;
        }

        /** Who may enter which room. Anonymous callers may enter none. */
        public Builder roomAccess(RoomAccess access) {
            room = Optional.of(access);
            return this;
        }

        /**
         * A room is a group, and its members' alone: those that {@link Memberships} or the {@link GroupResolver} names, and
         * the user that the room is named like. Everybody who is signed in may enter the shared room. Anonymous callers may
         * enter none.
         */
        public Builder memberRooms() {
            memberRooms = true;
            return this;
        }

        /** Nobody inserts rows of others. Anonymous callers write nothing. */
        public Builder requireOwner() {
            return requireOwner(Ownership.ofInserts());
        }

        /** Whose rows may be written. Anonymous callers write nothing. */
        public Builder requireOwner(Ownership ofRows) {
            ownership = Optional.of(ofRows);
            return this;
        }

        /** The only collections that there are for callers. */
        public Builder onlyCollections(String... names) {
            collections = Optional.of(new LinkedHashSet<>(List.of(names)));
            return this;
        }

        /** What may be done to which collection. */
        public Builder rules(CollectionRules ofCollections) {
            rules = Optional.of(ofCollections);
            return this;
        }

        /**
         * Which rows of a collection may be read.
         *
         * @throws IllegalArgumentException if the collection has a filter
         */
        public Builder readFilter(String collection, ReadFilter filter) {
            if (readFilters.putIfAbsent(collection, filter) != null) {
                throw new IllegalArgumentException(
                        "the collection '" + collection + "' has two read filters: make one of them");
            }
            return this;
        }

        /** Everybody has a room of their own, named like the user, and writes rows of their own. */
        public Builder perUser() {
            perUser = true;
            return requireAuthentication().roomAccess(RoomAccess.ownRoom()).requireOwner();
        }

        /** Each request is logged, with what came of it and how long it took; no payload. */
        public Builder logging() {
            logs = true;
            return this;
        }

        public AccessPolicy build() {
            return new AccessPolicy(
                    requiresAuthentication,
                    perUser,
                    room,
                    memberRooms,
                    ownership,
                    collections,
                    rules,
                    readFilters,
                    logs);
        }
    }
}
