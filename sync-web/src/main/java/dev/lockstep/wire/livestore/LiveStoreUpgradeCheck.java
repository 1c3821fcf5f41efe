package dev.lockstep.wire.livestore;

import dev.lockstep.access.GuardedStores;
import dev.lockstep.access.RoomAccessRequest;
import dev.lockstep.api.Caller;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.StoreEvent;
import dev.lockstep.api.identity.Credentials;
import dev.lockstep.wire.identity.UpgradeCheck;
import dev.lockstep.wire.identity.UpgradeDecision;
import dev.lockstep.wire.livestore.rpc.StoreAddress;
import dev.lockstep.wire.livestore.rpc.StoreAddress.Transport;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;

/**
 * Refusal of handshakes: 400 for an unreadable address, 403 for a store that the caller may not use. The access chain runs
 * again for each pull and push.
 */
@ApplicationScoped
class LiveStoreUpgradeCheck implements UpgradeCheck {
    @Inject
    private LiveStoreDialect dialect;

    @Inject
    private GuardedStores stores;

    @Override
    public Optional<Refusal> refuses(String path, Caller caller, Credentials credentials) {
        if (!path.equals(LiveStoreApi.PATH) || !dialect.isEnabled()) {
            return Optional.empty();
        }
        Optional<StoreAddress> address = StoreAddress.of(credentials.parameters());
        if (address.isEmpty() || address.get().transport() != Transport.WS) {
            return refused(
                    "The address of the socket needs the parameters storeId and transport=ws, and a payload of JSON");
        }
        if (!dialect.serves(Transport.WS)) {
            return refused("This server does not serve the transport ws");
        }
        if (!dialect.admits(address.get().store())) {
            return refused(LiveStoreServlet.NAME_REFUSED);
        }
        return dialect.payloads().refuses(address.get(), caller).or(() -> refusesStore(address.get(), caller));
    }

    private static Optional<Refusal> refused(String message) {
        return Optional.of(new Refusal(ErrorCode.MALFORMED, message));
    }

    private Optional<Refusal> refusesStore(StoreAddress address, Caller caller) {
        Caller counted = dialect.payloads()
                .bySecret(address)
                .map(known -> known.caller())
                .orElse(caller);
        RoomAccessRequest request = RoomAccessRequest.beforeSubscribing(
                counted, dialect.room(address.store()), Set.of(StoreEvent.COLLECTION));
        return UpgradeDecision.refusal(stores.read(request));
    }
}
