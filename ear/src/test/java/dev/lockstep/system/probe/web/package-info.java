/** The thin WAR of the probe. */
@NullMarked
package dev.lockstep.system.probe.web;

import org.jspecify.annotations.NullMarked;
