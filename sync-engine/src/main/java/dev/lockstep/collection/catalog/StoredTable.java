package dev.lockstep.collection.catalog;

/**
 * A table or a view in the database's catalog.
 *
 * @param isView whether it is a view, which has no keys
 * @param isInDefaultSchema whether it is in the schema of the connection
 */
record StoredTable(TableName name, boolean isView, boolean isInDefaultSchema) {
    /** The name for messages and statements of an operator. */
    String label() {
        return isInDefaultSchema ? name.table() : name.schema() + "." + name.table();
    }
}
