/** The stores of a user's database, and their keys. */
const STORES = {
  rows: { keyPath: ['channel', 'id'] },
  mutations: { keyPath: 'number', autoIncrement: true },
  positions: { keyPath: 'channel' },
};

/**
 * Opens a database of this origin, and makes it if there is none.
 *
 * @param {string} name
 * @returns {Promise<IDBDatabase>}
 */
export function openDatabase(name) {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => {
    for (const [store, keys] of Object.entries(STORES)) opening.result.createObjectStore(store, keys);
  };
  return asked(opening);
}

/**
 * Runs work in one transaction over all stores: all of it is kept, or nothing.
 *
 * @template T
 * @param {IDBDatabase} database
 * @param {IDBTransactionMode} mode
 * @param {(stores: Record<keyof typeof STORES, IDBObjectStore>) => Promise<T>} work waits for nothing but its requests
 * @returns {Promise<T>}
 */
export async function transact(database, mode, work) {
  const names = Object.keys(STORES);
  const transaction = database.transaction(names, mode);
  const ended = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error ?? new Error('The transaction was aborted.'));
  });
  const [, result] = await Promise.all([
    ended,
    work(Object.fromEntries(names.map((name) => [name, transaction.objectStore(name)]))).catch((error) => {
      if (transaction.error === null) transaction.abort();
      throw error;
    }),
  ]);
  return result;
}

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
export function asked(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * @param {string} channel
 * @returns {IDBKeyRange} the keys of a channel's rows
 */
export const rowsOf = (channel) => IDBKeyRange.bound([channel], [channel, []]);
