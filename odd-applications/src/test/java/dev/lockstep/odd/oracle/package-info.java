/** The conditions that hold after each step: answer = frame = log = list = table. */
@NullMarked
package dev.lockstep.odd.oracle;

import org.jspecify.annotations.NullMarked;
