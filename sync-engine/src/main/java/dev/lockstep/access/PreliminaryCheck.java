package dev.lockstep.access;

/**
 * Marks, in the context of a request, a check that is repeated later if it succeeds now. Audit, metrics and logs then
 * record only a refusal; otherwise they would record each subscription twice.
 */
public record PreliminaryCheck() {}
