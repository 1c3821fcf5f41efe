import { refusalText } from './refusals.js';

/**
 * @typedef {{key: string, row: Record<string, any>, pending: boolean}} Entry `key`: the same for the life of the row on the
 *   page; `pending`: a change of it is not confirmed yet
 * @typedef {{entries: Entry[], listed: boolean, problem: string | null}} View `listed`: the rows are those of a list, of
 *   the server or of an earlier visit; `problem`: why there is none
 */

/** The view before the first one. */
export const NOTHING_READ = { entries: [], listed: false, problem: null };

/** A list that cannot be read names no fields. */
const NO_NAMES = { row: 'row', fields: {} };

/**
 * @param {import('@lockstep/client').Collection<any>} collection
 * @param {(view: View) => void} watcher called at once and after every change
 */
export function watchRows(collection, watcher) {
  const show = () =>
    watcher({
      entries: collection.rows.map((row) => ({ key: collection.keyOf(row.id), row, pending: collection.isPending(row.id) })),
      listed: collection.state === 'listed' || collection.state === 'stored',
      problem: collection.problem ? problemText(collection) : null,
    });
  collection.subscribe(show);
  show();
}

function problemText({ state, problem: { code, message } }) {
  if (code === 'NETWORK') return 'The server cannot be reached. This page tries again by itself.';
  const words = refusalText({ message }, NO_NAMES);
  return state === 'refused' ? words : `${words} This page tries again by itself.`;
}
