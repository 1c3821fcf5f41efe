/** Two servers on one database, with outside effects on their rows, transactions and processes. */
@NullMarked
package dev.lockstep.system.nodes;

import org.jspecify.annotations.NullMarked;
