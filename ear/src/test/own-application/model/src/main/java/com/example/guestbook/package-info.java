@SyncApplication("guestbook")
package com.example.guestbook;

import dev.lockstep.api.entity.SyncApplication;
