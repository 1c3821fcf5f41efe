package dev.lockstep.api.entity;

import dev.lockstep.api.access.AccessPolicy;
import dev.lockstep.api.access.AccessRule;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the application that the collections, the {@link AccessPolicy} and the {@link AccessRule}s of a package, and
 * of the packages below it, belong to. Several applications live in one EAR and never see each other's rows.
 *
 * <p>Goes into {@code package-info.java}. The WAR whose context root equals the name serves the application.
 */
@Documented
@Target(ElementType.PACKAGE)
@Retention(RetentionPolicy.RUNTIME)
public @interface SyncApplication {
    /** 1 to 64 characters: lower-case letters, digits and {@code -}. */
    String value();

    /**
     * Whether new rows keep the ids that the libraries of clients choose for them, in all collections:
     * {@code _entityId} of cf-sync-kit 0.25 and later, the ids of Strata Sync. Without it, a collection keeps them by its
     * own {@link SyncCollection#clientIds}, which besides makes a row's value {@code id} its id.
     *
     * <pre>{@code
     * @SyncApplication(value = "shopping", clientIds = true)
     * package com.example.shopping;
     * }</pre>
     */
    boolean clientIds() default false;
}
