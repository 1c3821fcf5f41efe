/** The web application that serves the todos in all dialects. */
@NullMarked
package dev.lockstep.system.probe.dialects.web;

import org.jspecify.annotations.NullMarked;
