package dev.lockstep.examples.todo.web;

import dev.lockstep.wire.cfsync.CfSyncApi;
import jakarta.ws.rs.ApplicationPath;

/** The collections of {@code todo-app}, in the native dialect, below {@code /api}. */
@ApplicationPath("/api")
public class TodoApi extends CfSyncApi {}
