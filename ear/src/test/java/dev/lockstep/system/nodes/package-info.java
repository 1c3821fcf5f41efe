/** Two servers on one database, and what an outsider does to their rows, their transactions and their processes. */
@NullMarked
package dev.lockstep.system.nodes;

import org.jspecify.annotations.NullMarked;
