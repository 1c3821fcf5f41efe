/** SQL for the tests, from inside the server: an H2 in a file has no other way in. */
@NullMarked
package dev.lockstep.odd.database;

import org.jspecify.annotations.NullMarked;
