/** An application that existed before its entities became collections. */
@NullMarked
package dev.lockstep.system.existing;

import org.jspecify.annotations.NullMarked;
