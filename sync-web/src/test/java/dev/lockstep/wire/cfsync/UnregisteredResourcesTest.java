package dev.lockstep.wire.cfsync;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class UnregisteredResourcesTest {
    @Path("ow")
    private static class Ow {}

    @Path("known")
    private static class Known {}

    @Path("client")
    private interface RemoteClient {}

    /** The native dialect, with a resource of its own. */
    public static class Native extends CfSyncApi {
        @Override
        protected Set<Class<?>> ownResources() {
            return Set.of(Known.class);
        }
    }

    /** An application of the WAR's own beside it. */
    public static class Members extends Application {
        @Override
        public Set<Class<?>> getClasses() {
            return Set.of(Ow.class);
        }
    }

    /** Serves every class that the server finds. */
    public static class All extends Application {}

    /** Needs services of the server. */
    public static class Injected extends Application {
        @Override
        public Set<Class<?>> getClasses() {
            throw new IllegalStateException("nothing was injected");
        }
    }

    @Test
    @Tag("CFS25")
    @Tag("CD3")
    @DisplayName("[CFS25][CD3] a resource class that no Application registers is reported with the cure")
    void unregistered() {
        assertThat(UnregisteredResources.among(Set.of(
                        CfSyncApi.class,
                        CfSyncResource.class,
                        Native.class,
                        Known.class,
                        Ow.class,
                        RemoteClient.class)))
                .containsExactly("the class " + Ow.class.getName()
                        + " has @Path, and no Application registers it: its path answers 404. Add it to ownResources() of "
                        + Native.class.getName());
    }

    @Test
    @Tag("CFS25")
    @Tag("CD3")
    @DisplayName("[CFS25][CD3] any Application of a WAR may register a resource class")
    void several() {
        assertThat(UnregisteredResources.among(Set.of(Native.class, Members.class, Known.class, Ow.class)))
                .isEmpty();
    }

    @Test
    @Tag("CFS25")
    @Tag("CD3")
    @DisplayName("[CFS25][CD3] no class is reported if an Application serves all classes, or does not list its classes")
    void unknown() {
        assertThat(UnregisteredResources.among(Set.of(Native.class, All.class, Ow.class)))
                .isEmpty();
        assertThat(UnregisteredResources.among(Set.of(Native.class, Injected.class, Ow.class)))
                .isEmpty();
        assertThat(UnregisteredResources.among(Set.of(Ow.class))).isEmpty();
    }
}
