package dev.lockstep.system.inside;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.system.invalid.NumberedRoom;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An invalid application is not deployed, and the server logs the reason. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class MisconfigurationIT {
    private static final String BAD_ENTITY = "bad entity";
    private static final String BAD_CONTEXT_ROOT = "bad context root";
    private static final String NO_ENGINE = "no engine";

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = BAD_ENTITY, managed = false, testable = false)
    static EnterpriseArchive badEntity() {
        return ProbeEar.of(
                "bad-entity.ear",
                ShrinkWrap.create(JavaArchive.class, "invalid-model.jar").addPackage(NumberedRoom.class.getPackage()),
                "/invalid");
    }

    @Deployment(name = BAD_CONTEXT_ROOT, managed = false, testable = false)
    static EnterpriseArchive badContextRoot() {
        return ProbeEar.of("bad-context-root.ear", ProbeEar.model(), "/nobody");
    }

    @Deployment(name = NO_ENGINE, managed = false, testable = false)
    static EnterpriseArchive noEngine() {
        return ProbeEar.withoutEngineModule("no-engine.ear");
    }

    @Test
    @Tag("COL10")
    @DisplayName("[COL10] an entity that cannot work fails the deployment; the message names class and cure")
    void entity() {
        assertThatThrownBy(() -> deployer.deploy(BAD_ENTITY))
                .hasMessageContaining(NumberedRoom.class.getName() + " has the field 'room' of type int")
                .hasMessageContaining("as its @RoomColumn it must be of type String");
    }

    @Test
    @Tag("COL10")
    @DisplayName("[COL10] a WAR that serves no application fails the deployment; the message names the existing ones")
    void contextRoot() {
        assertThatThrownBy(() -> deployer.deploy(BAD_CONTEXT_ROOT))
                .hasMessageContaining("The web application at '/nobody' serves the application 'nobody', which has no"
                        + " collections. There are [auth-todo-app, bulk-todo, livestore-notes, probe, project-roles-todo-app,"
                        + " scoped-todos-app, strata-tasks, svelte-todos, todo-app]")
                .hasMessageContaining("lockstep.application");
    }

    @Test
    @Tag("OPS5")
    @DisplayName(
            "[OPS5] a WAR before which no engine has started fails the deployment; the message names module and setting")
    void engine() {
        assertThatThrownBy(() -> deployer.deploy(NO_ENGINE))
                .hasMessageContaining(
                        "name the EJB module sync-ejb.jar as the first module in the EAR's application.xml,"
                                + " and set initialize-in-order to true");
    }
}
