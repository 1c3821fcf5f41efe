/**
 * A row keeps one key from its first input until its removal; its id is unknown until the server confirms it. A row
 * from the server has its id as key.
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
