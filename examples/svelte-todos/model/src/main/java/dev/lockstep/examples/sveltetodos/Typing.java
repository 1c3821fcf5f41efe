package dev.lockstep.examples.sveltetodos;

import dev.lockstep.api.Caller;
import dev.lockstep.api.hook.EphemeralChannel;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import java.util.Optional;

/** The channel {@code typing}: users who are typing, shown to all others and stored nowhere. A publisher names the user. */
@ApplicationScoped
public class Typing implements EphemeralChannel {
    @Override
    public String name() {
        return "typing";
    }

    @Override
    public boolean isFor(Caller subscriber, Message message) {
        Object user = Objects.requireNonNull(message.data().get("user"), "a message of this channel names a user");
        return !subscriber.subject().equals(Optional.of(user));
    }
}
