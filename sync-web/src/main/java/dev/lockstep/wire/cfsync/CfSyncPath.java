package dev.lockstep.wire.cfsync;

import dev.lockstep.api.Operation;
import jakarta.ws.rs.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Names in a path. The current layout is {@code :room/:collection[/:row]}. The layout of version 0.20 and earlier is
 * {@code :collection[/:row]}, with the room in body or query, and for a list in the place of the row. The segment that names a
 * collection selects the layout; if both segments do, the current layout applies.
 *
 * @param room empty if the path has none
 * @param row an id or {@code bulk}; empty if the path has none
 */
record CfSyncPath(Optional<String> room, String collection, Optional<String> row) {
    /** The room of a request in the older layout without a room. */
    static final String OLDER_ROOM = "_default";

    /** The segment of a bulk in the place of a row. */
    static final String BULK = "bulk";

    /** Reads one to three segments in either layout. */
    static CfSyncPath of(List<String> names, Predicate<String> isCollection) {
        boolean older = names.size() == 1
                || (names.size() == 2 && !isCollection.test(names.get(1)) && isCollection.test(names.get(0)));
        return older
                ? older(names)
                : new CfSyncPath(
                        Optional.of(names.get(0)),
                        names.get(1),
                        names.size() > 2 ? Optional.of(names.get(2)) : Optional.empty());
    }

    /** Reads one or two segments in the older layout. */
    static CfSyncPath older(List<String> names) {
        return new CfSyncPath(
                Optional.empty(), names.get(0), names.size() > 1 ? Optional.of(names.get(1)) : Optional.empty());
    }

    /** The methods of such a path for the header {@code Allow} of a 405 (RFC 9110, section 15.5.6). */
    String methods(Set<Operation> operations) {
        List<String> methods = new ArrayList<>();
        boolean isList = row.isEmpty();
        if (isList && room.isPresent()) {
            methods.add(HttpMethod.GET);
            methods.add(HttpMethod.HEAD);
        }
        if ((isList || isBulk()) && operations.contains(Operation.INSERT)) {
            methods.add(HttpMethod.POST);
        }
        if (!isList && operations.contains(Operation.UPDATE)) {
            methods.add(HttpMethod.PUT);
        }
        if (!isList && operations.contains(Operation.DELETE)) {
            methods.add(HttpMethod.DELETE);
        }
        return String.join(", ", methods);
    }

    boolean isBulk() {
        return row.filter(BULK::equals).isPresent();
    }
}
