/** Who a caller is: what an application adds to the server's own ways to tell, and the groups that users are in. */
@NullMarked
package dev.lockstep.api.identity;

import org.jspecify.annotations.NullMarked;
