package dev.lockstep.architecture.broken.wire.two;

/** What another dialect may not know. */
public interface Frames {}
