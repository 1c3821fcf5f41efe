package dev.lockstep.api.entity;

import dev.lockstep.api.access.AccessPolicy;
import dev.lockstep.api.access.AccessRule;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Assigns a package and its subpackages to an application: their collections, their {@link AccessPolicy} and their
 * {@link AccessRule}s. Several applications can be in one EAR and never see each other's rows.
 *
 * <p>Belongs into {@code package-info.java}. The WAR whose context root equals the name serves the application.
 *
 * <pre>{@code
 * @SyncApplication("shopping")
 * package com.example.shopping;
 * }</pre>
 */
@Documented
@Target(ElementType.PACKAGE)
@Retention(RetentionPolicy.RUNTIME)
public @interface SyncApplication {
    /** The application's name: 1 to 64 lower-case letters, digits and {@code -}. */
    String value();

    /**
     * Whether new rows of all collections keep the ids that client libraries choose: {@code _entityId} of cf-sync-kit 0.25
     * and later, the ids of Strata Sync. If {@code false}, {@link SyncCollection#clientIds} decides per collection, and in
     * addition makes a row's value {@code id} its id.
     *
     * <pre>{@code
     * @SyncApplication(value = "shopping", clientIds = true)
     * package com.example.shopping;
     * }</pre>
     */
    boolean clientIds() default false;
}
