package dev.lockstep.examples.bulktodo.web;

import dev.lockstep.wire.cfsync.CfSyncApi;
import jakarta.ws.rs.ApplicationPath;

/** The collections of {@code bulk-todo}, in the native dialect, below {@code /api}. */
@ApplicationPath("/api")
public class BulkTodoApi extends CfSyncApi {}
