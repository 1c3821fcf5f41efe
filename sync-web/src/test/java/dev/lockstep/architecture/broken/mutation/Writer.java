package dev.lockstep.architecture.broken.mutation;

/** What nobody but its own package may know. */
public interface Writer {}
