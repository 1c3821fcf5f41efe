/** The classes of the applications' WARs: each speaks the native dialect, one Strata as well. */
@NullMarked
package dev.lockstep.odd.web;

import org.jspecify.annotations.NullMarked;
