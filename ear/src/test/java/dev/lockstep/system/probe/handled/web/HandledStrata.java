package dev.lockstep.system.probe.handled.web;

import dev.lockstep.wire.strata.StrataApi;

/** The handled collections for Strata's clients. */
public class HandledStrata extends StrataApi {}
