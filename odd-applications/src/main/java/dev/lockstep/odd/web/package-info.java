/** The classes of the applications' WARs: each has the native dialect, one also Strata. */
@NullMarked
package dev.lockstep.odd.web;

import org.jspecify.annotations.NullMarked;
