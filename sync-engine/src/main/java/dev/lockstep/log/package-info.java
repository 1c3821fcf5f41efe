/**
 * The action log: all committed changes in order, over all rooms. It does not depend on sessions or dialects.
 */
@NullMarked
package dev.lockstep.log;

import org.jspecify.annotations.NullMarked;
