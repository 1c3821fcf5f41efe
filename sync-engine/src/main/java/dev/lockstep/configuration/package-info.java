/** Settings that several packages read. */
@NullMarked
package dev.lockstep.configuration;

import org.jspecify.annotations.NullMarked;
