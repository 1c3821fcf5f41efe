package dev.lockstep.wire;

import dev.lockstep.load.Intake;
import dev.lockstep.load.LargeBodyBudget;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import jakarta.servlet.ServletContext;

/** Has the web application's requests come with their bodies, where the server is Undertow: no other looks for this. */
public final class UndertowDeployment implements ServletExtension {
    @Override
    public void handleDeployment(DeploymentInfo web, ServletContext context) {
        web.addInitialHandlerChainWrapper(servlets -> new UndertowBodies(
                servlets,
                path -> BodyLimit.of(context, path),
                Intake.OF_SERVER,
                LargeBodyBudget.OF_SERVER,
                UndertowBodies.ARRIVAL_MAX));
    }
}
