/** Access control by an application: its policy, its rules, and the order of the access chain. */
@NullMarked
package dev.lockstep.api.access;

import org.jspecify.annotations.NullMarked;
