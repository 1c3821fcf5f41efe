package dev.lockstep.odd.web;

import dev.lockstep.wire.cfsync.CfSyncApi;
import jakarta.ws.rs.ApplicationPath;

/** The collections in the native dialect. */
@ApplicationPath("/api")
public class NativeApi extends CfSyncApi {}
