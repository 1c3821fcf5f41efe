/** The publisher endpoints of the channels dialect: other programs' changes, by HTTP. */
@NullMarked
package dev.lockstep.wire.channels.publish;

import org.jspecify.annotations.NullMarked;
