// Addresses of the application that served this module. It is mounted at an unknown context path and serves its modules
// one folder below it, so every address is relative to this file's.

const contextRoot = new URL('../', import.meta.url);

/**
 * The room of a page's rows.
 *
 * @typedef {{room: string, party: string}} RoomAddress
 */

/** A single-tenant application has one room. The server ignores the party's name; the original's pages send one. */
export const SHARED_ROOM = { room: 'default', party: 'main' };

/**
 * @param {RoomAddress} address
 * @param {string} path below the room, e.g. `todos/bulk`, already percent-encoded
 * @returns {URL}
 */
export function restUrl({ room }, path) {
  return new URL(`api/${encodeURIComponent(room)}/${path}`, contextRoot);
}

/**
 * @param {string} path of an endpoint of the application's own, e.g. `me`, already percent-encoded
 * @returns {URL}
 */
export function endpointUrl(path) {
  return new URL(`api/${path}`, contextRoot);
}

/**
 * @param {RoomAddress} address
 * @param {{messages?: boolean}} [how] whether messages of the application are received
 * @returns {URL} the address of the room's broadcasts
 */
export function socketUrl({ room, party }, { messages = false } = {}) {
  const url = new URL(`parties/${party}/${encodeURIComponent(room)}`, contextRoot);
  if (messages) url.searchParams.set('messages', 'all');
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url;
}
