package dev.lockstep.examples.scopedtodos.web;

import dev.lockstep.wire.cfsync.CfSyncApi;
import jakarta.ws.rs.ApplicationPath;

/** The collections of {@code scoped-todos-app}, in the native dialect, below {@code /api}. */
@ApplicationPath("/api")
public class ScopedTodosApi extends CfSyncApi {}
