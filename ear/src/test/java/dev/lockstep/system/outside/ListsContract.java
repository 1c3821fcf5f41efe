package dev.lockstep.system.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.client.Answer;
import dev.lockstep.system.client.Api;
import dev.lockstep.system.client.BroadcastSocket;
import dev.lockstep.system.client.Frame;
import dev.lockstep.system.server.Server;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Lists and sockets with filters, on the todos of scoped-todos-app. */
abstract class ListsContract {
    private static final String TODOS = "/api/default/scopedTodos";
    private static final Pattern LINK = Pattern.compile("<(.*)>; rel=\"next\"");
    private static final Pattern TITLE = Pattern.compile("\"title\":\"([^\"]*)\"");

    private final URI application;
    private final Api api;
    private String list = "";

    ListsContract(Server server) {
        application = server.application("scoped-todos-app");
        api = new Api(application);
    }

    @BeforeEach
    void aList() {
        list = api.post("/api/default/lists", "{\"name\":\"any\",\"color\":\"red\"}")
                .row()
                .getString("id");
    }

    private JsonObject todo(String title, boolean completed) {
        Answer made = api.post(
                TODOS, "{\"title\":\"" + title + "\",\"scope\":\"" + list + "\",\"completed\":" + completed + "}");
        assertThat(made.status()).as(made.body()).isEqualTo(200);
        return made.row();
    }

    private static String encoded(String json) {
        return URLEncoder.encode(json, StandardCharsets.UTF_8);
    }

    private String filtered(String filter, String more) {
        return TODOS + "?scope=" + list + "&filter=" + encoded(filter) + more;
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static List<String> titles(String rows) {
        return TITLE.matcher(rows).results().map(found -> found.group(1)).toList();
    }

    @Test
    @Tag("LST2")
    @Tag("LST5")
    @Tag("LST6")
    @DisplayName("[LST2][LST5][LST6] a list is filtered, sorted and read in pages")
    void pages() {
        todo("b", true);
        todo("d", false);
        todo("a", true);
        todo("c", true);
        assertThat(titles(api.get(filtered("{\"completed\":true}", "")).body())).containsExactly("c", "a", "b");
        assertThat(titles(api.get(filtered("{\"completed\":[false]}", "")).body()))
                .containsExactly("d");

        List<String> titles = new ArrayList<>();
        String path = filtered("{\"completed\":true}", "&sort=-title&limit=2");
        while (!path.isEmpty()) {
            HttpResponse<byte[]> page = api.exchange("GET", path);
            assertThat(page.statusCode()).as(text(page)).isEqualTo(200);
            titles.addAll(titles(text(page)));
            Matcher link = LINK.matcher(page.headers().firstValue("Link").orElse(""));
            path = link.find() ? TODOS + "?" + URI.create(link.group(1)).getRawQuery() : "";
        }
        assertThat(titles).containsExactly("c", "b", "a");
    }

    @Test
    @Tag("LST3")
    @DisplayName("[LST3] what is not declared is refused, with what is")
    void refused() {
        Answer unknown = api.get(filtered("{\"title\":\"a\"}", ""));
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.body())
                .contains("\"code\":\"VALIDATION_ERROR\"", "\"path\":[\"filter.title\"]")
                .contains("cannot be filtered by this field; choose from [");
        assertThat(api.get(TODOS + "?sort=completed").message())
                .startsWith("sort: lists of 'scopedTodos' cannot be sorted by this field; choose from [title,");
    }

    @Test
    @Tag("LST8")
    @Tag("LST11")
    @Tag("LST12")
    @Tag("LST13")
    @DisplayName("[LST8][LST11][LST12][LST13] a socket with a filter continues a filtered list, live and after a pause")
    void live() {
        String enters = todo("enters", false).getString("id");
        String leaves = todo("leaves", true).getString("id");
        String position = api.exchange("GET", filtered("{\"completed\":true}", ""))
                .headers()
                .firstValue("Lockstep-Seq")
                .orElseThrow();
        String room = "default?cursor=" + position + "&filter="
                + encoded("{\"scopedTodos\":{\"completed\":true},\"lists\":{}}");
        for (boolean missed : new boolean[] {false, true}) {
            BroadcastSocket early = BroadcastSocket.on(application, room);
            assertThat(early.next().type()).isEqualTo("sync-init");
            if (!missed) {
                api.put(TODOS + "/" + enters, "{\"completed\":true}");
                api.put(TODOS + "/" + enters, "{\"title\":\"entered\"}");
                todo("outside", false);
                api.put(TODOS + "/" + leaves, "{\"completed\":false}");
                api.put(TODOS + "/" + leaves, "{\"title\":\"left\"}");
            }
            try (early) {
                Frame insert = early.next();
                assertThat(insert.action()).isEqualTo("insert");
                assertThat(insert.text()).contains(enters, "\"completed\":true");
                assertThat(early.next().action()).isEqualTo("update");
                Frame delete = early.next();
                assertThat(delete.action()).isEqualTo("delete");
                assertThat(delete.text()).contains("\"payload\":{\"id\":\"" + leaves + "\"}");
            }
        }
        String changes =
                api.get(filtered("{\"completed\":true}", "&cursor=" + position)).body();
        assertThat(titles(changes)).containsExactly("entered");
        assertThat(changes).contains("\"$deleted\":[\"" + leaves + "\"]");
    }

    @Test
    @Tag("LST11")
    @DisplayName("[LST11] an unusable filter closes the socket with 1008 and the reason")
    void closed() {
        try (BroadcastSocket socket =
                BroadcastSocket.on(application, "default?filter=" + encoded("{\"scopedTodos\":{\"title\":1}}"))) {
            BroadcastSocket.Closed closed = socket.closed();
            assertThat(closed.code()).isEqualTo(1008);
            assertThat(closed.reason())
                    .startsWith("filter.scopedTodos.title: lists of 'scopedTodos' cannot be filtered");
        }
    }
}
