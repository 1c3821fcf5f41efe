package dev.lockstep.access;

/**
 * Stands in the context of what will be asked once more if it is not refused now. Audit, metrics and logs then tell of the
 * refusal only: else they would tell of each subscription twice.
 */
public record PreliminaryCheck() {}
