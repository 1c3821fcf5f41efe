/**
 * The LiveStore dialect on a server: its published clients, unmodified, whose tests are in {@code src/test/livestore}, and an
 * application with hooks and settings.
 */
@NullMarked
package dev.lockstep.system.livestore;

import org.jspecify.annotations.NullMarked;
