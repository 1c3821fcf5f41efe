package dev.lockstep.system.handled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.client.Answer;
import dev.lockstep.system.client.Api;
import dev.lockstep.system.client.BroadcastSocket;
import dev.lockstep.system.client.Frame;
import dev.lockstep.system.server.Server;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Handlers of an application in the native dialect: one with a table in another schema, one in memory. */
public abstract class HandledContract {
    private final Server server;
    private final Api api;
    private final String site = "site-" + UUID.randomUUID();
    private final String id = "part-" + UUID.randomUUID();

    /** Tests of the application with handled collections. */
    protected HandledContract(Server server) {
        this.server = server;
        api = new Api(server.application("handled"));
    }

    private Answer created(String name) {
        return api.post("/api/" + site + "/parts", part(id, name));
    }

    private static String part(String id, String name) {
        return "{\"id\":\"" + id + "\",\"name\":\"" + name + "\"}";
    }

    private String stored() {
        return api.get("/warehouse?site=" + site).body();
    }

    @Test
    @Tag("HAN1")
    @DisplayName(
            "[HAN1] a change is made in the handler's table; the answer, frames and lists have the row as it is stored")
    void changes() {
        try (BroadcastSocket socket = BroadcastSocket.on(server.application("handled"), site)) {
            assertThat(socket.next().type()).isEqualTo("sync-init");
            Answer created = created("saw");
            assertThat(created.status()).as(created.body()).isEqualTo(200);
            assertThat(created.row().getString("shelf")).startsWith("A");
            assertThat(stored()).contains("name=saw");
            Frame told = socket.next();
            assertThat(told.action()).isEqualTo("insert");
            assertThat(told.text()).contains("\"shelf\":\"A");

            assertThat(api.put("/api/" + site + "/parts/" + id, "{\"name\":\"file\"}")
                            .row()
                            .getString("name"))
                    .isEqualTo("file");
            assertThat(stored()).contains("name=file");
            assertThat(socket.next().action()).isEqualTo("update");
            assertThat(api.get("/api/" + site + "/parts").body()).contains("\"file\"");

            assertThat(api.delete("/api/" + site + "/parts/" + id).status()).isEqualTo(200);
            assertThat(stored()).isEqualTo("[]");
            assertThat(socket.next().action()).isEqualTo("delete");
        }
    }

    @Test
    @Tag("HAN7")
    @DisplayName("[HAN7] a change of another program reaches the sockets when it is reported")
    void reported() {
        created("saw");
        try (BroadcastSocket socket = BroadcastSocket.on(server.application("handled"), site)) {
            assertThat(socket.next().type()).isEqualTo("sync-init");
            api.sendNothing("POST", "/warehouse?report=true&name=axe&site=" + site + "&id=" + id);

            assertThat(socket.next().text()).contains("\"axe\"");
            assertThat(api.get("/api/" + site + "/parts").body()).contains("\"axe\"");
        }
    }

    @Test
    @Tag("HAN4")
    @DisplayName("[HAN4] a refusal of the handler is the answer; bulk requests are refused")
    void refused() {
        Answer refused = created("too heavy");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.message()).isEqualTo("the warehouse takes no heavy parts");
        assertThat(stored()).isEqualTo("[]");

        assertThat(api.post(
                                "/api/" + site + "/parts/bulk",
                                "{\"items\":[" + part("a", "x") + "," + part("b", "y") + "]}")
                        .status())
                .isEqualTo(405);
    }

    @Test
    @Tag("HAN3")
    @DisplayName(
            "[HAN3] a failing handler leaves the outcome open: a retryable refusal that tells nothing of the fault")
    void failing() {
        Answer open = created("fragile");

        assertThat(open.status()).isEqualTo(503);
        assertThat(open.body()).doesNotContain("secret");
        assertThat(created("saw").status()).isEqualTo(503);
        String other = "other-" + UUID.randomUUID();
        assertThat(api.post("/api/" + site + "/parts", part(other, "saw")).status())
                .isEqualTo(200);
    }

    @Test
    @Tag("HAN8")
    @DisplayName(
            "[HAN8] a collection in memory has the operations of its handler, which also authorizes and chooses its readers")
    void inMemory() {
        Answer created = api.post("/api/default/reminders", "{\"id\":\"" + id + "\",\"text\":\"call\"}");
        assertThat(created.status()).as(created.body()).isEqualTo(200);
        assertThat(api.put("/api/default/reminders/" + id, "{\"text\":\"write\"}")
                        .status())
                .isEqualTo(405);
        String hidden = "hidden-" + UUID.randomUUID();
        api.post("/api/default/reminders", "{\"id\":\"" + hidden + "\",\"text\":\"for ann\",\"reader\":\"ann\"}");
        assertThat(api.get("/api/default/reminders").body()).contains(id).doesNotContain(hidden);
        Answer closed = api.post("/api/closed/reminders", "{\"id\":\"c\",\"text\":\"call\"}");
        assertThat(closed.status()).isEqualTo(403);
        assertThat(closed.message()).isEqualTo("this room takes no reminders");

        assertThat(api.delete("/api/default/reminders/" + id).status()).isEqualTo(200);
        assertThat(api.get("/api/default/reminders").body()).doesNotContain(id);
    }

    @Test
    @Tag("HAN6")
    @DisplayName("[HAN6] after a restart the first list shows what other programs have changed meanwhile")
    void restarted() {
        created("saw");
        assertThat(api.get("/api/" + site + "/parts").body()).contains("\"saw\"");
        api.sendNothing("POST", "/warehouse?name=unreported&site=" + site + "&id=" + id);
        assertThat(api.get("/api/" + site + "/parts").body()).contains("\"saw\"");
        server.redeploy();

        assertThat(api.get("/api/" + site + "/parts").body()).contains("\"unreported\"");
    }
}
