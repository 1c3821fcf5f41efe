package dev.lockstep.system.probe.sync;

import dev.lockstep.wire.strata.StrataApi;
import jakarta.ws.rs.ApplicationPath;

/** The probe's collections, in Strata's dialect. */
@ApplicationPath("/sync")
public class ProbeSync extends StrataApi {}
