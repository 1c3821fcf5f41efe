// A page's browser storage, IndexedDB and localStorage, in one file, so that a process finds what an earlier one
// stored.

import 'fake-indexeddb/auto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const completed = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });

class LocalStorage {
  constructor(entries) {
    this.entries = new Map(entries);
  }

  getItem(key) {
    return this.entries.get(key) ?? null;
  }

  setItem(key, value) {
    this.entries.set(key, String(value));
  }
}

/** Restores the file's content, if there is one. Runs before any database is opened. */
export async function loadStorage(file) {
  const kept = existsSync(file) ? deserialize(readFileSync(file)) : { local: [], databases: [] };
  const local = new LocalStorage(kept.local);
  Object.defineProperty(globalThis, 'localStorage', { value: local, configurable: true });
  for (const database of kept.databases) await putBack(database);
}

/** Writes all of it, each database as of one instant. */
export async function saveStorage(file) {
  const databases = [];
  for (const { name } of await indexedDB.databases()) databases.push(await readAll(name));
  const local = [...globalThis.localStorage.entries];
  writeFileSync(`${file}.next`, serialize({ local, databases }));
  renameSync(`${file}.next`, file);
}

async function readAll(name) {
  const database = await done(indexedDB.open(name));
  const names = [...database.objectStoreNames];
  const stores = [];
  if (names.length > 0) {
    const transaction = database.transaction(names, 'readonly');
    for (const each of names) {
      const store = transaction.objectStore(each);
      const indexes = [...store.indexNames].map((index) => {
        const { keyPath, unique } = store.index(index);
        return { name: index, keyPath, unique };
      });
      const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
      stores.push({ name: each, keyPath: store.keyPath, indexes, rows: keys.map((key, at) => [key, values[at]]) });
    }
  }
  const { version } = database;
  database.close();
  return { name, version, stores };
}

async function putBack({ name, version, stores }) {
  const opening = indexedDB.open(name, version);
  opening.onupgradeneeded = () => {
    for (const { name: store, keyPath, indexes } of stores) {
      const created = opening.result.createObjectStore(store, keyPath === null ? {} : { keyPath });
      for (const index of indexes) created.createIndex(index.name, index.keyPath, { unique: index.unique });
    }
  };
  const database = await done(opening);
  if (stores.length > 0) {
    const transaction = database.transaction(stores.map((store) => store.name), 'readwrite');
    for (const { name: store, keyPath, rows } of stores) {
      const target = transaction.objectStore(store);
      for (const [key, row] of rows) target.put(row, ...(keyPath === null ? [key] : []));
    }
    await completed(transaction);
  }
  database.close();
}
