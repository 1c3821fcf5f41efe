/** The application of README, as far as it is shown there. */
@NullMarked
@SyncApplication("shopping")
package com.example.shopping;

import dev.lockstep.api.entity.SyncApplication;
import org.jspecify.annotations.NullMarked;
