package dev.lockstep.sample.odd;

import dev.lockstep.api.Operation;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncRow;

/** Asks for a bulk operation by name. */
@SyncCollection(
        value = "things",
        operations = {Operation.INSERT, Operation.BULK_DELETE})
public class BulkOnly extends SyncRow {}
