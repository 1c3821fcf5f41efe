/** What an application says of who may do what: its policy, its rules, and the order of the access chain. */
@NullMarked
package dev.lockstep.api.access;

import org.jspecify.annotations.NullMarked;
