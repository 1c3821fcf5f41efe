package dev.lockstep.wire.http;

import dev.lockstep.admission.LargeBodyBudget;
import dev.lockstep.admission.RequestBodyBudget;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import jakarta.servlet.ServletContext;

/** Installs {@link BodyBufferingHandler} in each web application. Only Undertow loads this extension. */
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
