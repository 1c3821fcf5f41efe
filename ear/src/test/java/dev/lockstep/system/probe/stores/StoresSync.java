package dev.lockstep.system.probe.stores;

import dev.lockstep.wire.livestore.LiveStoreApi;

/** The event stores, at {@code /sync}. */
public class StoresSync extends LiveStoreApi {}
