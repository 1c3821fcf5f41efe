// Rows in the server's order: createdAt descending, rows of one moment in the order the server gave them.

/** @typedef {import('./frames.js').Row} Row */

/**
 * Rows already there keep their place and take what is not older than what they have. New rows go above everything
 * that is not newer than they are; among themselves they keep their order, as the items of a bulk insert do.
 *
 * @param {Row[]} rows
 * @param {Row[]} incoming
 * @returns {Row[]}
 */
export function putRows(rows, incoming) {
  const news = new Map(incoming.map((row) => [row.id, row]));
  const result = rows.map((row) => {
    const next = news.get(row.id);
    news.delete(row.id);
    return next && !isOlder(next, row) ? next : row;
  });
  for (const row of [...news.values()].reverse()) {
    const place = result.findIndex((other) => createdAt(other) <= createdAt(row));
    result.splice(place < 0 ? result.length : place, 0, row);
  }
  return result;
}

/**
 * @param {Row[]} rows
 * @param {Iterable<string>} ids
 * @returns {Row[]}
 */
export function withoutRows(rows, ids) {
  const gone = new Set(ids);
  return gone.size === 0 ? rows : rows.filter((row) => !gone.has(row.id));
}

/**
 * @param {Row} row
 * @param {Row} than
 * @returns {boolean} whether `row` is a version before `than`; versions without a stamp are never older
 */
export function isOlder(row, than) {
  return Boolean(row.updatedAt && than.updatedAt && row.updatedAt < than.updatedAt);
}

const createdAt = (row) => row.createdAt ?? '';
