package dev.lockstep.system.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.channels.ConvergenceContract;
import dev.lockstep.system.client.Api;
import dev.lockstep.system.server.Server;
import dev.lockstep.system.server.TestFolders;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("OPS1")
@DisplayName("[OPS1] the server uses H2 while the environment names no database")
class OnH2IT {
    private static final Server SERVER = new Server(
            TestFolders.provisionedServer(), TestFolders.empty("h2"), TestFolders.examplesEar(), environment());

    private static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(SocketLimitsContract.SHORT);
        environment.put("LOCKSTEP_PROFILE", "development");
        environment.put("LOCKSTEP_CHANNELS_SESSION_SECRETS", ChannelsContract.SECRET);
        environment.put("LOCKSTEP_OPERATOR_KEY", StoreOperatorsContract.KEY);
        environment.put("LOCKSTEP_CHANNELS_PUBLISHER_KEYS", PublisherEndpointsContract.KEY);
        environment.put("LOCKSTEP_CFSYNC_OPENAPI", "true");
        environment.put("LOCKSTEP_CHANNELS_ROOT_APPLICATION", "svelte-todos");
        environment.put("LOCKSTEP_OPENAPI_ROOT_APPLICATION", "todo-app");
        return environment;
    }

    private static Set<String> whileStarting = Set.of();

    @BeforeAll
    static void start() {
        try (StartProbe probe = new StartProbe(SERVER.application("todo-app/api/default/todos"))) {
            SERVER.start();
            whileStarting = Set.copyOf(probe.outcomes());
        }
    }

    /** [OPS10][CS8] An orderly stop logs no error. */
    @AfterAll
    static void stop() throws IOException {
        int before = SERVER.logged().length();
        SERVER.close();
        assertThat(SERVER.logged().substring(before)).doesNotContain(" ERROR ").doesNotContain("WFLYEE01");
    }

    @Test
    @Tag("OPS11")
    @Tag("CS10")
    @DisplayName("[OPS11][CS10] a request during the server's start is refused at once, and not kept until its end")
    void refusedWhileStarting() {
        assertThat(whileStarting).isSubsetOf("no connection", "503", "200").doesNotContain(StartProbe.NO_ANSWER);
    }

    @Test
    @Tag("OPS3")
    @DisplayName("[OPS3] mutations are logged only on request, repeats included")
    void quiet() throws IOException {
        String mutation = UUID.randomUUID().toString();
        String asked = "{\"title\":\"x\",\"_clientMutationId\":\"" + mutation + "\"}";
        Api api = new Api(SERVER.application("todo-app"));
        String id = api.post("/api/default/todos", asked).row().getString("id");
        assertThat(api.post("/api/default/todos", asked).row().getString("id")).isEqualTo(id);

        assertThat(SERVER.logged()).doesNotContain(mutation).doesNotContain(" ERROR ");
    }

    @Nested
    class OpenApi extends OpenApiContract {
        OpenApi() {
            super(SERVER, true);
        }
    }

    @Nested
    class Positions extends PositionsContract {
        Positions() {
            super(SERVER);
        }
    }

    @Nested
    class Rest extends RestContract {
        Rest() {
            super(SERVER);
        }
    }

    @Nested
    class InvalidRequests extends InvalidRequestsContract {
        InvalidRequests() {
            super(SERVER);
        }
    }

    @Nested
    class StrataMutations extends StrataMutationsContract {
        StrataMutations() {
            super(SERVER);
        }
    }

    @Nested
    class StrataReads extends StrataReadsContract {
        StrataReads() {
            super(SERVER);
        }
    }

    @Nested
    class Spool extends SpoolContract {
        Spool() {
            super(SERVER);
        }
    }

    @Nested
    class Channels extends ChannelsContract {
        Channels() {
            super(SERVER);
        }
    }

    @Nested
    class HandledExamples extends HandledExamplesContract {
        HandledExamples() {
            super(SERVER.application("svelte-todos"));
        }
    }

    @Nested
    class Convergence extends ConvergenceContract {
        Convergence() {
            super(SERVER.application("svelte-todos"));
        }
    }

    @Nested
    class StrataSocket extends StrataSocketContract {
        StrataSocket() {
            super(SERVER);
        }
    }

    @Nested
    class Beyond extends ExtensionsContract {
        Beyond() {
            super(SERVER);
        }
    }

    @Nested
    class PublisherEndpoints extends PublisherEndpointsContract {
        PublisherEndpoints() {
            super(SERVER);
        }
    }

    @Nested
    class StoreOperators extends StoreOperatorsContract {
        StoreOperators() {
            super(SERVER);
        }
    }

    @Nested
    class Socket extends SocketContract {
        Socket() {
            super(SERVER);
        }
    }

    @Nested
    class Rfc6455 extends Rfc6455Contract {
        Rfc6455() {
            super(SERVER);
        }
    }

    @Nested
    class SocketLimits extends SocketLimitsContract {
        SocketLimits() {
            super(SERVER);
        }
    }

    @Nested
    class SlowBodies extends SlowBodiesContract {
        SlowBodies() {
            super(SERVER);
        }
    }

    @Nested
    class ScopedTodos extends ScopedTodosContract {
        ScopedTodos() {
            super(SERVER);
        }
    }

    @Nested
    class Lists extends ListsContract {
        Lists() {
            super(SERVER);
        }
    }

    @Nested
    class AuthTodo extends AuthTodoContract {
        AuthTodo() {
            super(SERVER);
        }
    }

    @Nested
    class ProjectRoles extends ProjectRolesContract {
        ProjectRoles() {
            super(SERVER);
        }
    }

    @Nested
    class Metrics extends MetricsContract {
        Metrics() {
            super(SERVER);
        }
    }

    @Nested
    class Survival extends SurvivalContract {
        Survival() {
            super(SERVER, 2);
        }
    }
}
