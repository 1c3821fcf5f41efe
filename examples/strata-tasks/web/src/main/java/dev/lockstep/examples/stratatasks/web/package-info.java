/** The WAR of the example {@code strata-tasks}. */
@NullMarked
package dev.lockstep.examples.stratatasks.web;

import org.jspecify.annotations.NullMarked;
