package dev.lockstep.collection.mapping;

/** A mapping that is not supported. The message continues the name of the entity class, and says what to do. */
public final class InvalidMapping extends RuntimeException {
    private static final long serialVersionUID = 1;

    public InvalidMapping(String sentence) {
        super(sentence);
    }

    /** The sentence without its subject. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
