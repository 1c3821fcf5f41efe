package dev.lockstep.system.outage;

/** An operation as its name and the way to prepare a request. */
record Named(String name, Preparation preparation) implements Operation {
    /** Prepares one request. */
    interface Preparation {
        Attempt prepare() throws Exception;
    }

    static Operation of(String name, Preparation preparation) {
        return new Named(name, preparation);
    }

    @Override
    public Attempt prepare() throws Exception {
        return preparation.prepare();
    }
}
