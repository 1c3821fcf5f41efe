/** A server with the odd applications, and direct access to its database and log. */
@NullMarked
package dev.lockstep.odd.deployed;

import org.jspecify.annotations.NullMarked;
