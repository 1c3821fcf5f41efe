package dev.lockstep.examples.livestorenotes.web;

import dev.lockstep.wire.cfsync.CfSyncApi;
import jakarta.ws.rs.ApplicationPath;

/** The notes as rows, in the native dialect, below {@code /api}: {@code /api/<store>/notes}. */
@ApplicationPath("/api")
public class NotesApi extends CfSyncApi {}
