package dev.lockstep.wire.application;

/**
 * Event: a WAR starts to serve an application. Its observers prepare with the deployment instead of with the first request.
 * An observer that throws fails the deployment.
 */
public record ApplicationStarted(String application) {}
