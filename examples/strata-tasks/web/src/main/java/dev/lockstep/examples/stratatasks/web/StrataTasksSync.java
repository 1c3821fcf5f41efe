package dev.lockstep.examples.stratatasks.web;

import dev.lockstep.wire.strata.StrataApi;

/** The models of {@code strata-tasks} for Strata's clients, below {@code /sync}. */
public class StrataTasksSync extends StrataApi {}
