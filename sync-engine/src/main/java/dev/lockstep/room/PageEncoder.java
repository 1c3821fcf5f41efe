package dev.lockstep.room;

import dev.lockstep.log.Commit;
import java.util.List;

/**
 * Turns the commits of a page into a dialect's form. One constant object per dialect: it is also part of the key of cached
 * pages, so that a page is encoded once for all clients with equal visibility.
 */
@FunctionalInterface
public interface PageEncoder<T> {
    /** The encoded commits, in their order and in any number of parts. Called from any thread; must not block. */
    List<T> encode(List<Commit> commits);
}
