package dev.lockstep.system.probe.handled;

import dev.lockstep.api.Caller;
import dev.lockstep.api.identity.Credentials;
import dev.lockstep.api.identity.RequestClaims;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;

/** The desk at which a user works, of the handshake: its number is a header, its till a cookie, its lane a parameter. */
@ApplicationScoped
public class DeskClaims implements RequestClaims {
    static final String DESK = "desk";
    static final String TILL = "till";
    static final String LANE = "lane";

    @Override
    public Map<String, Object> claims(Credentials request, Caller caller) {
        Map<String, Object> claims = new HashMap<>();
        request.header("X-Desk").ifPresent(desk -> claims.put(DESK, desk));
        request.cookie(TILL).ifPresent(till -> claims.put(TILL, till));
        request.parameter(LANE).ifPresent(lane -> claims.put(LANE, lane));
        return claims;
    }
}
