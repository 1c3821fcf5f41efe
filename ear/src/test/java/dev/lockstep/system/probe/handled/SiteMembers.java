package dev.lockstep.system.probe.handled;

import dev.lockstep.system.probe.dialects.ListMembers;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;

/** The users of the warehouse, and their sites. */
@ApplicationScoped
@Priority(50)
public class SiteMembers extends ListMembers {}
