/**
 * The rows that a user sees: the confirmed ones, newest first, with the user's mutations applied in their order. Rows that
 * the server has not seen come before the others.
 *
 * @param {import('./store.js').Row[]} rows
 * @param {import('./store.js').Mutation[]} mutations
 * @returns {import('../page/live-rows.js').Entry[]}
 */
export function deriveEntries(rows, mutations) {
  const shown = new Map(rows.toSorted(newestFirst).map((row) => [row.id, row]));
  let added = [];
  for (const { action, key, data } of mutations) {
    if (action === 'delete') shown.delete(key);
    else if (shown.has(key) || action === 'create') shown.set(key, { ...shown.get(key), ...data });
    if (action === 'create' && !rows.some(({ id }) => id === key)) added = [key, ...added];
  }
  const touched = new Set(mutations.map(({ key }) => key));
  const old = [...shown.keys()].filter((key) => !added.includes(key));
  return [...added.filter((key) => shown.has(key)), ...old].map((key) => ({ key, row: shown.get(key), pending: touched.has(key) }));
}

function newestFirst(one, other) {
  return Date.parse(other.createdAt) - Date.parse(one.createdAt) || (one.id < other.id ? 1 : -1);
}
