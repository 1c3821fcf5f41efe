package dev.lockstep.architecture.broken.wire.strata;

/** What another dialect may not know. */
public interface Frames {}
