package dev.lockstep.examples.sveltetodos.web;

import dev.lockstep.wire.cfsync.CfSyncApi;
import jakarta.ws.rs.ApplicationPath;

/** The same collections in the native dialect, below {@code /rest}. */
@ApplicationPath("/rest")
public class SvelteTodosApi extends CfSyncApi {}
