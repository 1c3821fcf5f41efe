import { NOTHING_READ, watchRows } from './page/live-rows.js';

/** @import { Schema, TodoList } from '../types/lockstep.js' */

/**
 * @typedef {{kind: 'reading', problem: string | null} | {kind: 'none'} | {kind: 'gone'} | {kind: 'list', id: string,
 *   row: TodoList}} Picked `gone`: the list was deleted, in any window; no other list
 *   replaces it, or a half-typed todo would be added to that one
 * @typedef {ReturnType<typeof createPickedList>} PickedList
 */

/**
 * The picked list. Its id is in the address, so that a second window shows the same one.
 *
 * @param {import('@lockstep/client').Collection<Schema['lists']>} lists
 */
export function createPickedList(lists) {
  /** @type {Set<(picked: Picked) => void>} */
  const watchers = new Set();
  let id = idInAddress();
  /** @type {import('./page/live-rows.js').View<TodoList>} */
  let view = NOTHING_READ;

  /** @returns {Picked} */
  function picked() {
    if (!view.listed) return { kind: 'reading', problem: view.problem };
    if (id === null) return { kind: 'none' };
    const entry = view.entries.find(({ row }) => row.id === id);
    return entry ? { kind: 'list', id, row: entry.row } : { kind: 'gone' };
  }

  const tell = () => watchers.forEach((watcher) => watcher(picked()));

  /** @param {string} next */
  function pick(next) {
    id = next;
    history.replaceState(null, '', `#${encodeURIComponent(next)}`);
    tell();
  }

  addEventListener('hashchange', () => {
    id = idInAddress();
    tell();
  });
  watchRows(lists, (next) => {
    view = next;
    const [first] = view.entries;
    if (view.listed && id === null && first) pick(first.row.id);
    else tell();
  });

  return {
    pick,

    /** @type {() => boolean} whether there is any list */
    isAny: () => view.entries.length > 0,

    /** @type {(id: string) => boolean} whether a list has the id */
    isThere: (id) => view.entries.some(({ row }) => row.id === id),

    /** @param {(picked: Picked) => void} watcher called at once and after every change */
    watch(watcher) {
      watchers.add(watcher);
      watcher(picked());
    },
  };
}

function idInAddress() {
  try {
    return decodeURIComponent(location.hash.slice(1)) || null;
  } catch {
    return null; // an address that was not made here
  }
}
