package dev.lockstep.wire.http;

import dev.lockstep.admission.LargeBodyBudget;
import dev.lockstep.admission.RequestBodyBudget;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import jakarta.servlet.ServletContext;

/** Has the web application's requests come with their bodies, where the server is Undertow: no other looks for this. */
public final class UndertowDeployment implements ServletExtension {
    @Override
    public void handleDeployment(DeploymentInfo web, ServletContext context) {
        web.addInitialHandlerChainWrapper(servlets -> new BodyBufferingHandler(
                servlets,
                path -> BodyLimit.of(context, path),
                RequestBodyBudget.OF_SERVER,
                LargeBodyBudget.OF_SERVER,
                BodyBufferingHandler.ARRIVAL_MAX));
    }
}
