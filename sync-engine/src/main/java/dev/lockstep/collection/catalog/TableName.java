package dev.lockstep.collection.catalog;

/** The name of a table, with its schema, as the database stores it. */
public record TableName(String schema, String table) {
    /** The name in SQL, quoted: it means this table in every schema of a connection. */
    public String sql() {
        return quoted(schema) + "." + quoted(table);
    }

    /** A name of the catalog as an identifier in SQL. */
    public static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
