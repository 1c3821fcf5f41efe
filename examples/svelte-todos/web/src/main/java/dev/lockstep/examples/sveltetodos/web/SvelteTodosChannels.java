package dev.lockstep.examples.sveltetodos.web;

import dev.lockstep.wire.channels.ChannelsApi;

/** The channels of {@code svelte-todos}, at {@code /api/sync}. */
public class SvelteTodosChannels extends ChannelsApi {
    @Override
    protected boolean allowsUnauthenticated() {
        return true;
    }
}
