import { newId } from './frames.js';
import { deriveEntries } from './entries.js';

/**
 * A live list of a channel's rows: those that the server has confirmed, with the user's own mutations applied.
 *
 * @param {string} name
 * @param {import('./store.js').Store} store
 * @param {(change: import('./store.js').Change) => Promise<import('./sender.js').Outcome>} add
 */
export function createChannel(name, store, add) {
  const watchers = new Set();
  let view = { entries: [], listed: false, pendingCount: 0, problem: null };
  let stale = false;
  let reading = false;

  /** Reads the store; changes that come meanwhile make it read once more. */
  async function refresh() {
    stale = true;
    if (reading) return;
    reading = true;
    while (stale) {
      stale = false;
      show(await store.channel(name));
    }
    reading = false;
  }

  function show({ rows, mutations, position }) {
    const listed = position?.isComplete === true;
    if (view.listed && !listed) return; // the pages of a new snapshot are coming: the old rows stay until all are here
    set({ entries: deriveEntries(rows, mutations), listed, pendingCount: mutations.length, problem: listed ? null : view.problem });
  }

  function set(next) {
    view = next;
    watchers.forEach((watcher) => watcher(view));
  }

  const change = (action, key, data) => add({ id: newId(), channel: name, action, key, ...(data && { data }) });

  void refresh();

  return {
    name,
    refresh,

    /** The server has refused the subscription. */
    refuse: (problem) => set({ ...view, problem }),

    /** @param {(view: import('../page/live-rows.js').View) => void} watcher called at once and after every change */
    watch(watcher) {
      watchers.add(watcher);
      watcher(view);
    },

    /**
     * @param {Record<string, unknown>} fields
     * @returns {Promise<import('./sender.js').Outcome>}
     */
    insert(fields) {
      const id = newId();
      return change('create', id, { id, ...fields });
    },

    /**
     * @param {string} key
     * @param {Record<string, unknown>} fields those that change
     * @returns {Promise<import('./sender.js').Outcome>}
     */
    update: (key, fields) => change('update', key, fields),

    /**
     * @param {string} key
     * @returns {Promise<import('./sender.js').Outcome>}
     */
    remove: (key) => change('delete', key),
  };
}
