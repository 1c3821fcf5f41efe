package dev.lockstep.system.probe.handled.web;

import dev.lockstep.wire.cfsync.CfSyncApi;
import jakarta.ws.rs.ApplicationPath;

/** The handled collections in the native dialect. */
@ApplicationPath("/api")
public class HandledApi extends CfSyncApi {}
