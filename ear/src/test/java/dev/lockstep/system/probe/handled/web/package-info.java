/** The web application of the handled collections. */
@NullMarked
package dev.lockstep.system.probe.handled.web;

import org.jspecify.annotations.NullMarked;
