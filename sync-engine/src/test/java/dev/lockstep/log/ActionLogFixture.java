package dev.lockstep.log;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import java.util.List;
import java.util.Map;

/** A log in a database or in memory. Each call is a transaction. */
interface ActionLogFixture {
    /** Appends mutations, each as one commit. */
    List<Commit> append(List<List<LogEntry>> mutations);

    /** Whole commits behind a position, about this many actions. */
    List<Commit> readAfter(Seq after, int actionsMax);

    Seq head();

    /** The last frame number of each collection of a room. */
    Map<CollectionName, Long> numbers(RoomId room);
}
