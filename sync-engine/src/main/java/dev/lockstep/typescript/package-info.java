/** TypeScript types of an application's collections. Run by the build; knows nothing of a server. */
@NullMarked
package dev.lockstep.typescript;

import org.jspecify.annotations.NullMarked;
