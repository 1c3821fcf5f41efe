/** The web application of the shipping company. */
@NullMarked
package dev.lockstep.system.probe.shipping.web;

import org.jspecify.annotations.NullMarked;
