/** Rows with values of every form: parts, arrays, collections, JSON, bytes, times; subclasses and annotated getters. */
@NullMarked
@SyncApplication("odd-shapes")
package dev.lockstep.odd.shapes;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
