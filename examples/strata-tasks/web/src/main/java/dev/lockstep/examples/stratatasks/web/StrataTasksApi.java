package dev.lockstep.examples.stratatasks.web;

import dev.lockstep.wire.cfsync.CfSyncApi;
import jakarta.ws.rs.ApplicationPath;

/** The same rows in the native dialect, below {@code /api}. */
@ApplicationPath("/api")
public class StrataTasksApi extends CfSyncApi {}
