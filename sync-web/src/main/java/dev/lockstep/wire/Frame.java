package dev.lockstep.wire;

/** One text message on a socket. */
public record Frame(String text) {}
