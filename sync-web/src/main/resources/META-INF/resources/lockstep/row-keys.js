/**
 * A row keeps one key from the moment it is typed, through its confirmation, to its end; its id is known only to the
 * server at first. A row that came from elsewhere has its id as key.
 */
export function createRowKeys() {
  const idByKey = new Map();
  const keyById = new Map();
  const unbound = new Set();
  let made = 0;

  return {
    /** @returns {string} */
    newKey() {
      const key = `new-${++made}`;
      unbound.add(key);
      return key;
    },

    /**
     * @param {string} key
     * @param {string} id
     */
    bind(key, id) {
      unbound.delete(key);
      idByKey.set(key, id);
      keyById.set(id, key);
    },

    /**
     * @param {string} key
     * @returns {string | undefined} undefined while the row has no id
     */
    idOf: (key) => (unbound.has(key) ? undefined : (idByKey.get(key) ?? key)),

    /**
     * @param {string} id
     * @returns {string}
     */
    keyOf: (id) => keyById.get(id) ?? id,
  };
}
