/** Messages of the LiveStore dialect: reader of requests, writer of answers, and the address of a store. */
@NullMarked
package dev.lockstep.wire.livestore.rpc;

import org.jspecify.annotations.NullMarked;
