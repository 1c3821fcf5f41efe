package dev.lockstep.examples.stratatasks.web;

import dev.lockstep.wire.strata.StrataApi;
import jakarta.ws.rs.ApplicationPath;

/** The models of {@code strata-tasks} for Strata's clients, below {@code /sync}. */
@ApplicationPath("/sync")
public class StrataTasksSync extends StrataApi {}
