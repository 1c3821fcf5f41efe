package com.example.guestbook.web;

import dev.lockstep.wire.cfsync.CfSyncApi;
import jakarta.ws.rs.ApplicationPath;

@ApplicationPath("/api")
public class GuestbookApi extends CfSyncApi {}
