package dev.lockstep.system.probe.dialects.web;

import dev.lockstep.wire.cfsync.CfSyncApi;
import jakarta.ws.rs.ApplicationPath;

/** The todos in the native dialect. */
@ApplicationPath("/api")
public class TodosApi extends CfSyncApi {}
