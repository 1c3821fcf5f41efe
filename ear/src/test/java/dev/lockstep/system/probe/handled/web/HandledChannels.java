package dev.lockstep.system.probe.handled.web;

import dev.lockstep.wire.channels.ChannelsApi;

/** The handled collections as channels. */
public class HandledChannels extends ChannelsApi {}
