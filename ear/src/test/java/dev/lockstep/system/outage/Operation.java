package dev.lockstep.system.outage;

/** One kind of request or socket message. */
interface Operation {
    /** Its name in test reports. */
    String name();

    /** Prepares one request, with rows and ids of its own, while the database is available. */
    Attempt prepare() throws Exception;

    /** One request. */
    interface Attempt extends AutoCloseable {
        /** Sends the request; the first time during an outage, then once more. */
        Reply send() throws Exception;

        /**
         * Checks the database between the two.
         *
         * @param first the reply during the outage
         */
        default void check(Reply first) throws Exception {}

        /** Checks the database, and what sockets received, after the request was repeated. */
        default void checkRepeated(Reply first, Reply second) throws Exception {}

        @Override
        default void close() {}
    }
}
