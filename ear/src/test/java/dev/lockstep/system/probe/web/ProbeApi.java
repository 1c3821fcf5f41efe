package dev.lockstep.system.probe.web;

import dev.lockstep.wire.cfsync.CfSyncApi;
import jakarta.ws.rs.ApplicationPath;

/** The probe's collections, in the native dialect. */
@ApplicationPath("/api")
public class ProbeApi extends CfSyncApi {}
