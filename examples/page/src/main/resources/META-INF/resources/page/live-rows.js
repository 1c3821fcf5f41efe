import { refusalText } from './refusals.js';

/**
 * @template R
 * @typedef {{key: string, row: R, pending: boolean}} Entry `key`: the same for the life of the row on the page; `pending`:
 *   a change of it is not confirmed yet
 */

/**
 * @template R
 * @typedef {{entries: Entry<R>[], listed: boolean, problem: string | null}} View `listed`: the rows are those of a list, of
 *   the server or of an earlier visit; `problem`: why there is none
 */

/**
 * The view before the first one.
 *
 * @type {View<never>}
 */
export const NOTHING_READ = { entries: [], listed: false, problem: null };

/** A list that cannot be read names no fields. */
const NO_NAMES = { row: 'row', fields: {} };

/**
 * @template {import('@lockstep/client').CollectionTypes} T
 * @param {import('@lockstep/client').Collection<T>} collection
 * @param {(view: View<T['row']>) => void} watcher called at once and after every change
 */
export function watchRows(collection, watcher) {
  const show = () =>
    watcher({
      entries: collection.rows.map((row) => ({ key: collection.keyOf(row.id), row, pending: collection.isPending(row.id) })),
      listed: collection.state === 'listed' || collection.state === 'stored',
      problem: collection.problem ? problemText(collection.state, collection.problem) : null,
    });
  collection.subscribe(show);
  show();
}

/**
 * @param {import('@lockstep/client').LoadState} state
 * @param {import('@lockstep/client').Reason} problem
 */
function problemText(state, { code, message }) {
  if (code === 'NETWORK') return 'The server cannot be reached. This page tries again by itself.';
  const words = refusalText({ message }, NO_NAMES);
  return state === 'refused' ? words : `${words} This page tries again by itself.`;
}
