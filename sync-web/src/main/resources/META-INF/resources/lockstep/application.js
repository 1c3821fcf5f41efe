// The application that served this module. It is mounted at an unknown context path and serves its modules
// one folder below it, so every address follows from where this file came from.

const contextRoot = new URL('../', import.meta.url);

/** The room of a single-tenant application. */
const ROOM = 'default';

/**
 * @param {string} path below the room, e.g. `todos/bulk`, already percent-encoded
 * @returns {URL}
 */
export function restUrl(path) {
  return new URL(`api/${ROOM}/${path}`, contextRoot);
}

/** @returns {URL} where the room's broadcasts are followed */
export function socketUrl() {
  const url = new URL(`parties/main/${ROOM}`, contextRoot);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url;
}
