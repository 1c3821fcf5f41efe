package dev.lockstep.architecture.broken.wire.strata;

/** A class that other dialects may not use. */
public interface Frames {}
