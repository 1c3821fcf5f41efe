package dev.lockstep.wire.cfsync;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import jakarta.ws.rs.ApplicationPath;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ResourceRegistrationTest {
    private final Map<String, Object> attributes = new HashMap<>();
    private final Map<String, String> parameters = new HashMap<>();

    @ApplicationPath("/api/")
    static class ShopApi extends CfSyncApi {}

    private ServletContext web() {
        return (ServletContext) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getContextPath" -> "/shop";
                    case "getServletRegistrations" -> Map.of();
                    case "getInitParameter" -> parameters.get((String) arguments[0]);
                    case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @Test
    @Tag("CFS32")
    @DisplayName("[CFS32] the path of the API is that of its Application, below the context root")
    void path() {
        new ResourceRegistration().onStartup(Set.of(ShopApi.class), web());

        assertThat(attributes).containsEntry(ApplicationDescription.PATH, "/shop/api");
    }

    @Test
    @Tag("CFS25")
    @DisplayName("[CFS25] settings that the server adds to each web application do not hide a missing registration")
    void settings() {
        parameters.put("resteasy.role.based.security", "true");
        assertThat(ResourceRegistration.registersOtherwise(web())).isFalse();

        parameters.put("resteasy.scan", "true");
        assertThat(ResourceRegistration.registersOtherwise(web())).isTrue();
    }
}
