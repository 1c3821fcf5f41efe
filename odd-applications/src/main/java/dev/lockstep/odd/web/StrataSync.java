package dev.lockstep.odd.web;

import dev.lockstep.wire.strata.StrataApi;

/** The same collections in Strata's dialect. */
public class StrataSync extends StrataApi {}
