package dev.lockstep.log;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import java.util.List;
import java.util.Map;

/** A log as its suites use it: in a database, or without one. Each call is a transaction of its own. */
interface ActionLogFixture {
    /** Appends mutations, each as one commit. */
    List<Commit> append(List<List<LogEntry>> mutations);

    /** Whole commits behind a position, about so many actions. */
    List<Commit> readAfter(Seq after, int actionsMax);

    Seq head();

    /** The last frame number of each collection of a room. */
    Map<CollectionName, Long> numbers(RoomId room);
}
