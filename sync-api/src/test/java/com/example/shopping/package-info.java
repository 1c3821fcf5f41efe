/** The application that README and docs/access.md show, as far as it is compiled. */
@NullMarked
@SyncApplication("shopping")
package com.example.shopping;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
