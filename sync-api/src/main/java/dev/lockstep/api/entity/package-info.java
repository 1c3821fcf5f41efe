/** Annotations that make JPA entities collections, and say what their fields mean. */
@NullMarked
package dev.lockstep.api.entity;

import org.jspecify.annotations.NullMarked;
