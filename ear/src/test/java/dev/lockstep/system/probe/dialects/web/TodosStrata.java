package dev.lockstep.system.probe.dialects.web;

import dev.lockstep.wire.strata.StrataApi;

/** The todos for Strata's clients. */
public class TodosStrata extends StrataApi {}
