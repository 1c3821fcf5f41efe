/** Most rows of one request. The server refuses more. */
export const BULK_ITEMS_MAX = 100;

/**
 * @template T
 * @param {T[]} items
 * @returns {T[][]} the same in parts of at most one request each, in order
 */
export function partsOf(items) {
  const parts = [];
  for (let at = 0; at < items.length; at += BULK_ITEMS_MAX) parts.push(items.slice(at, at + BULK_ITEMS_MAX));
  return parts;
}

/**
 * A change requested by the user. Rows are named by key, because an unconfirmed row has no id yet.
 *
 * @typedef {{key: string, fields: Record<string, unknown>}} Item
 * @typedef {{kind: 'insert', items: Item[]} | {kind: 'update', items: Item[]} | {kind: 'delete', keys: string[]}} Operation
 * @typedef {{id: string, bulk: boolean, operation: Operation}} Mutation
 */

/** @returns {string} a unique id; also on pages that are not served over https */
export function newMutationId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * @param {Mutation} mutation
 * @returns {string[]} keys of the rows it changes
 */
export function keysOf({ operation }) {
  return operation.kind === 'delete' ? operation.keys : operation.items.map((item) => item.key);
}

/**
 * @param {(below?: string) => URL} urlOf the collection, or a path below it
 * @param {Mutation} mutation
 * @param {(key: string) => string | undefined} idOf
 * @returns {{method: string, url: URL, body?: unknown} | null} null if none of its rows was inserted
 */
export function requestFor(urlOf, mutation, idOf) {
  return mutation.bulk ? bulkRequest(urlOf, mutation, idOf) : singleRequest(urlOf, mutation, idOf);
}

function singleRequest(urlOf, { id: mutationId, operation }, idOf) {
  if (operation.kind === 'insert') {
    return { method: 'POST', url: urlOf(), body: { ...operation.items[0].fields, _clientMutationId: mutationId } };
  }
  const id = idOf(operation.kind === 'delete' ? operation.keys[0] : operation.items[0].key);
  if (id === undefined) return null;
  const url = urlOf(`/${encodeURIComponent(id)}`);
  if (operation.kind === 'update') {
    return { method: 'PUT', url, body: { ...operation.items[0].fields, _clientMutationId: mutationId } };
  }
  url.searchParams.set('_clientMutationId', mutationId);
  return { method: 'DELETE', url };
}

function bulkRequest(urlOf, { id: _clientMutationId, operation }, idOf) {
  const url = urlOf('/bulk');
  switch (operation.kind) {
    case 'insert':
      return { method: 'POST', url, body: { items: operation.items.map((item) => item.fields), _clientMutationId } };
    case 'update': {
      const items = operation.items
        .map(({ key, fields }) => ({ id: idOf(key), data: fields }))
        .filter(({ id }) => id !== undefined);
      return items.length === 0 ? null : { method: 'PUT', url, body: { items, _clientMutationId } };
    }
    case 'delete': {
      const ids = operation.keys.map(idOf).filter((id) => id !== undefined);
      return ids.length === 0 ? null : { method: 'DELETE', url, body: { ids, _clientMutationId } };
    }
  }
}
