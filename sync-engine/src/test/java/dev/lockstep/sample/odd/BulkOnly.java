package dev.lockstep.sample.odd;

import dev.lockstep.api.Operation;
import dev.lockstep.api.entity.SyncCollection;
import dev.lockstep.api.entity.SyncRow;

/** Invalid: names a bulk operation. */
@SyncCollection(
        value = "things",
        operations = {Operation.INSERT, Operation.BULK_DELETE})
public class BulkOnly extends SyncRow {}
