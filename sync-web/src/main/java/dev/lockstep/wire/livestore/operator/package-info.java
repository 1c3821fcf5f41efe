/** Endpoints for operators of event stores: list, export, import, reset, erase. Knows no users; an operator has a key. */
@NullMarked
package dev.lockstep.wire.livestore.operator;

import org.jspecify.annotations.NullMarked;
