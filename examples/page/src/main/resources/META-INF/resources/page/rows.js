// Rows in the server's order: createdAt descending, rows of one time in the order that the server gave them.

/** @typedef {import('./frames.js').Row} Row */

/**
 * Existing rows keep their place and take versions that are not older. A new row goes above all rows that are not
 * newer; new rows keep their order, as the items of a bulk insert do.
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
 * @returns {boolean} whether `row` is an earlier version than `than`; versions without a timestamp are never older
 */
export function isOlder(row, than) {
  return Boolean(row.updatedAt && than.updatedAt && row.updatedAt < than.updatedAt);
}

const createdAt = (row) => row.createdAt ?? '';
