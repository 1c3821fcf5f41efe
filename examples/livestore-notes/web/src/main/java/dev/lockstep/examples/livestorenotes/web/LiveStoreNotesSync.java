package dev.lockstep.examples.livestorenotes.web;

import dev.lockstep.wire.livestore.LiveStoreApi;

/** The event stores of {@code livestore-notes}, at {@code /sync}. */
public class LiveStoreNotesSync extends LiveStoreApi {}
