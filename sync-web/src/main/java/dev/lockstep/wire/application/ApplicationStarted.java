package dev.lockstep.wire.application;

/**
 * A WAR begins to serve an application: an event, for those who prepare themselves with the deployment and not with the
 * first request. Whoever throws fails the deployment.
 */
public record ApplicationStarted(String application) {}
