/** Annotations that make JPA entities collections and define the meaning of their fields. */
@NullMarked
package dev.lockstep.api.entity;

import org.jspecify.annotations.NullMarked;
