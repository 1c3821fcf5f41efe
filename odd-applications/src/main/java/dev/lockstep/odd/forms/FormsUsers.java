package dev.lockstep.odd.forms;

import dev.lockstep.api.identity.DevelopmentOnly;
import dev.lockstep.odd.rooms.OddUsers;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;

/** The users of a run, as in the application with rooms. */
@ApplicationScoped
@DevelopmentOnly
@Priority(50)
public class FormsUsers extends OddUsers {}
