package dev.lockstep.system.probe.dialects.web;

import dev.lockstep.wire.channels.ChannelsApi;

/** The todos as channels. */
public class TodosChannels extends ChannelsApi {}
