package dev.lockstep.room;

import dev.lockstep.log.Commit;
import java.util.List;

/**
 * Turns the commits of a page into a dialect's form. One constant object per dialect: it is also the key under which pages
 * are kept, so that one is encoded once for all who may see the same.
 */
@FunctionalInterface
public interface PageEncoder<T> {
    /** What is told of these commits, in their order and in as many parts as suits. Called from any thread; must not block. */
    List<T> encode(List<Commit> commits);
}
