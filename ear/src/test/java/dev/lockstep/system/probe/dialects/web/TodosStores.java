package dev.lockstep.system.probe.dialects.web;

import dev.lockstep.wire.livestore.LiveStoreApi;

/** The stores of todos' events, for LiveStore's clients. */
public class TodosStores extends LiveStoreApi {}
