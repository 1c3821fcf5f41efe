package dev.lockstep.identity;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still. */
@ApplicationScoped
public class Clock implements InstantSource {
    @Override
    public Instant instant() {
        return Instant.parse("2026-11-21T01:02:03.004Z");
    }
}
