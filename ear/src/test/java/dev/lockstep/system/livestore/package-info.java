/** LiveStore's published clients, unmodified. The tests themselves are in {@code src/test/livestore}. */
@NullMarked
package dev.lockstep.system.livestore;

import org.jspecify.annotations.NullMarked;
