/** The WAR of the example {@code scoped-todos-app}. */
@NullMarked
package dev.lockstep.examples.scopedtodos.web;

import org.jspecify.annotations.NullMarked;
