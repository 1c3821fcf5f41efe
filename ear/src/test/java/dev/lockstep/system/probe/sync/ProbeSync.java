package dev.lockstep.system.probe.sync;

import dev.lockstep.wire.strata.StrataApi;

/** The probe's collections in Strata's dialect. */
public class ProbeSync extends StrataApi {}
