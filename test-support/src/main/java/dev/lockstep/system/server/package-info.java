/**
 * Processes that the system tests start: application servers and databases, each with its own folder and ports.
 * Independent of any protocol.
 */
@NullMarked
package dev.lockstep.system.server;

import org.jspecify.annotations.NullMarked;
