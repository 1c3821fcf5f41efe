package dev.lockstep.system.probe.stores;

import dev.lockstep.wire.livestore.LiveStoreApi;
import dev.lockstep.wire.livestore.StoreNamePattern;

/** The event stores, at {@code /sync}. */
@StoreNamePattern("[a-z]+-[0-9a-f-]{36}")
public class StoresSync extends LiveStoreApi {}
