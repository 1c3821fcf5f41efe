/** Most rows of one request. The server refuses more. */
export const BULK_ITEMS_MAX = 100;

const COLLECTION = 'todos';

/** @param {Record<string, unknown>[]} items in the order of the list */
export const insertAll = (items) => items.map((fields) => ({ kind: 'insert', collection: COLLECTION, fields }));

/**
 * @param {string[]} ids
 * @param {Record<string, unknown>} fields those that change, the same for all
 */
export const updateAll = (ids, fields) => ids.map((id) => ({ kind: 'update', collection: COLLECTION, id, fields }));

/** @param {string[]} ids */
export const deleteAll = (ids) => ids.map((id) => ({ kind: 'delete', collection: COLLECTION, id }));
