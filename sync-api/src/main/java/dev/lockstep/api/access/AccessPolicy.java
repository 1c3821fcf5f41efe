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
 * The access policy of an application: one CDI bean of this type, made by a producer in one of the application's
 * packages. Immutable. The engine checks it at startup; a policy that cannot work fails the deployment. Each part is
 * evaluated for every read, write and subscription of every dialect, in the order of {@link AccessOrder}; the first
 * refusal wins. Without a policy only the application's {@link AccessRule}s apply.
 *
 * @param requiresAuthentication whether anonymous callers are refused
 * @param perUser whether it was made by {@link Builder#perUser}: then every collection needs a {@link RoomColumn}
 * @param room the rule for entering rooms
 * @param memberRooms whether only members may enter a room
 * @param ownership the rule for writing rows of owners
 * @param collections the only collections that callers can see; all, if empty
 * @param rules the rules for operations on collections
 * @param readFilters by collection name, the filter of readable rows; without one, all rows are readable
 * @param logs whether each request is logged with its outcome
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

    /** A builder of an empty policy. */
    public static Builder builder() {
        return new Builder();
    }

    /** Builder of a policy. Not thread-safe. */
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

        /** Refuses anonymous callers. */
        public Builder requireAuthentication() {
            requiresAuthentication = true;
            return this;
        }

        /** Sets the rule for entering rooms. Anonymous callers may enter none. */
        public Builder roomAccess(RoomAccess access) {
            room = Optional.of(access);
            return this;
        }

        /**
         * Makes every room a group that only its members may enter: those that {@link Memberships} or the
         * {@link GroupResolver} names, and the user whose subject is the room's name. Every signed-in user may enter the
         * shared room. Anonymous callers may enter none.
         */
        public Builder memberRooms() {
            memberRooms = true;
            return this;
        }

        /** Refuses inserts of rows in another user's name. Anonymous callers write nothing. */
        public Builder requireOwner() {
            return requireOwner(Ownership.ofInserts());
        }

        /** Sets the rule for writing rows of owners. Anonymous callers write nothing. */
        public Builder requireOwner(Ownership ofRows) {
            ownership = Optional.of(ofRows);
            return this;
        }

        /** Hides all other collections from callers. */
        public Builder onlyCollections(String... names) {
            collections = Optional.of(new LinkedHashSet<>(List.of(names)));
            return this;
        }

        /** Sets the rules for operations on collections. */
        public Builder rules(CollectionRules ofCollections) {
            rules = Optional.of(ofCollections);
            return this;
        }

        /**
         * Sets the filter of a collection's readable rows.
         *
         * @throws IllegalArgumentException if the collection already has a filter
         */
        public Builder readFilter(String collection, ReadFilter filter) {
            if (readFilters.putIfAbsent(collection, filter) != null) {
                throw new IllegalArgumentException(
                        "the collection '" + collection + "' has two read filters: combine them into one");
            }
            return this;
        }

        /**
         * Sets the filter of a collection's readable rows, with its condition for the database.
         *
         * @throws IllegalArgumentException if the collection already has a filter
         */
        public Builder readFilter(String collection, ReadFilter filter, ReadFilter.Criteria criteria) {
            return readFilter(collection, filter.withCriteria(criteria));
        }

        /** Gives each user one room, named like the user, and lets users insert only rows of their own. */
        public Builder perUser() {
            perUser = true;
            return requireAuthentication().roomAccess(RoomAccess.ownRoom()).requireOwner();
        }

        /** Logs each request with its outcome and duration, without payload. */
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
