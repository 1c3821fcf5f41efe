/** Tests of the TypeScript types of applications, with the compiler that front ends use. */
@NullMarked
package dev.lockstep.system.types;

import org.jspecify.annotations.NullMarked;
