package dev.lockstep.sample.odd;

import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncRow;

/** A row whose mark is NUL until a client gives it another one. */
@SyncCollection("unmarked")
public class Unmarked extends SyncRow {
    char mark;
}
