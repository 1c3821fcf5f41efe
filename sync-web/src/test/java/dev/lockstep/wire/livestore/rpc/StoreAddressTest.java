package dev.lockstep.wire.livestore.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.StoreName;
import dev.lockstep.wire.livestore.rpc.StoreAddress.Transport;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreAddressTest {
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Property
    @net.jqwik.api.Tag("LS1")
    @Label("[LS1] any text of 1 to 256 characters names a store")
    void names(@ForAll @StringLength(min = 1, max = 256) String name) {
        String storable = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        assertThat(StoreAddress.of("storeId=" + encoded(storable) + "&transport=ws"))
                .contains(new StoreAddress(new StoreName(storable), Optional.empty(), Transport.WS));
    }

    @Test
    @Tag("LS1")
    @DisplayName("[LS1] a payload is encoded twice: a plus, a percent sign and other alphabets survive")
    void payload() {
        String json = "{\"authToken\":\"a+b% &=é𝄞\"}";
        String twice = encoded(encoded(json).replace("+", "%20"));
        StoreAddress address = StoreAddress.of("storeId=a+b&payload=" + twice + "&transport=http")
                .orElseThrow();
        assertThat(address.store()).isEqualTo(new StoreName("a b"));
        assertThat(address.payload().orElseThrow().json()).isEqualTo(json);
        assertThat(address.payload().orElseThrow().text("authToken")).contains("a+b% &=é𝄞");
        assertThat(address.payload().orElseThrow().text("other")).isEmpty();
        assertThat(address.toString()).doesNotContain("a+b%");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "storeId=s",
                "transport=ws",
                "storeId=&transport=ws",
                "storeId=s&transport=foo",
                "storeId=s&transport=do-rpc",
                "storeId=%zz&transport=ws",
                "storeId=s&transport=ws&payload=%257B",
                "storeId=s&transport=ws&payload=%25zz",
                "storeId=s&transport=ws&payload=%25ff",
                "storeId=s&transport=ws&payload="
            })
    @Tag("LS1")
    @DisplayName("[LS1] a query without a store, a transport, or a readable payload addresses no store")
    void others(String query) {
        assertThat(StoreAddress.of(query)).isEmpty();
        assertThat(StoreAddress.of("storeId=" + "s".repeat(257) + "&transport=ws"))
                .isEmpty();
    }
}
