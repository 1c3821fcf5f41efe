import { keysOf } from './mutation.js';
import { putRows, withoutRows } from './rows.js';

/**
 * @typedef {import('./frames.js').Row} Row
 * @typedef {{key: string, row: Partial<Row>, pending: boolean}} Entry `pending`: a change of it is not confirmed yet
 * @typedef {{entries: Entry[], listed: boolean, pendingCount: number, problem: string | null}} View
 */

/**
 * The user's view of a collection: all known rows, with the pending mutations applied.
 *
 * @param {{confirmed: Row[], fromAnswers: Map<string, Row | null>, pending: import('./mutation.js').Mutation[],
 *   keys: {keyOf: (id: string) => string}, listed: boolean, problem: string | null}} collection
 * @returns {View}
 */
export function deriveView({ confirmed, fromAnswers, pending, keys, listed, problem }) {
  const touched = new Set(pending.flatMap(keysOf));
  const known = putRows(withoutRows(confirmed, deletedIn(fromAnswers)), [...fromAnswers.values()].filter(Boolean));
  const shown = pending.reduce(applied, known.map((row) => ({ key: keys.keyOf(row.id), row })));
  const entries = shown.map(({ key, row }) => ({ key, row, pending: touched.has(key) }));
  return { entries, listed, pendingCount: pending.length, problem };
}

const deletedIn = (fromAnswers) => [...fromAnswers].filter(([, row]) => row === null).map(([id]) => id);

function applied(entries, { operation }) {
  switch (operation.kind) {
    case 'insert':
      return [...operation.items.map(({ key, fields }) => ({ key, row: fields })), ...entries];
    case 'update': {
      const fieldsByKey = new Map(operation.items.map(({ key, fields }) => [key, fields]));
      return entries.map(({ key, row }) => ({ key, row: { ...row, ...fieldsByKey.get(key) } }));
    }
    case 'delete': {
      const gone = new Set(operation.keys);
      return entries.filter(({ key }) => !gone.has(key));
    }
  }
}
