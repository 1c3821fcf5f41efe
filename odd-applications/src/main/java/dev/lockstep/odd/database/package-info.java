/** SQL for the tests, from inside the server: another process cannot open an H2 file. */
@NullMarked
package dev.lockstep.odd.database;

import org.jspecify.annotations.NullMarked;
