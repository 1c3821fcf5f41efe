package dev.lockstep.architecture.broken.mutation;

/** Reserved for its own package. */
public interface Writer {}
