// Parser of the server's frames. Other modules see checked frames only.

/**
 * @typedef {{id: string, createdAt?: string, updatedAt?: string} & Record<string, unknown>} Row
 * @typedef {{kind: 'put', rows: Row[]} | {kind: 'delete', ids: string[]} | {kind: 'unknown'}} Change
 * @typedef {{kind: 'broadcast', collection: string, broadcastId: number, mutationId?: string, change: Change}} Broadcast
 * @typedef {{kind: 'message', payload: Record<string, unknown>}} Message
 * @typedef {{kind: 'counters', counters: Record<string, number>}
 *   | Broadcast
 *   | Message
 *   | {kind: 'refusal', message: string}
 *   | {kind: 'unreadable', reason: string}} Frame
 */

/**
 * @param {unknown} text a text frame as it came
 * @returns {Frame}
 */
export function readFrame(text) {
  let frame;
  try {
    frame = JSON.parse(String(text));
  } catch {
    return unreadable('not JSON');
  }
  switch (frame?.type) {
    case 'sync-init':
      return isCounters(frame.counters)
        ? { kind: 'counters', counters: frame.counters }
        : unreadable('sync-init without counters');
    case 'broadcast':
      return readBroadcast(frame);
    case 'message':
      return typeof frame.payload === 'object' && frame.payload !== null
        ? { kind: 'message', payload: frame.payload }
        : unreadable('message without payload');
    case 'error':
      return { kind: 'refusal', message: String(frame.message) };
    default:
      return unreadable(`unknown type ${frame?.type}`);
  }
}

function readBroadcast({ collection, broadcastId, clientMutationId, action, payload }) {
  if (typeof collection !== 'string' || !Number.isSafeInteger(broadcastId)) {
    return unreadable('broadcast without collection or broadcastId');
  }
  const change = readChange(action, payload);
  return { kind: 'broadcast', collection, broadcastId, mutationId: clientMutationId, change };
}

/** A change this client cannot read still has its number; the collection is read again instead. */
function readChange(action, payload) {
  switch (action) {
    case 'insert':
    case 'update':
      return put([payload]);
    case 'bulk-insert':
    case 'bulk-update':
      return put(payload);
    case 'delete':
      return gone([payload?.id]);
    case 'bulk-delete':
      return gone(payload?.ids);
    default:
      return { kind: 'unknown' };
  }
}

const put = (rows) => (areRows(rows) ? { kind: 'put', rows } : { kind: 'unknown' });
const gone = (ids) => (Array.isArray(ids) && ids.every(isId) ? { kind: 'delete', ids } : { kind: 'unknown' });
const unreadable = (reason) => ({ kind: 'unreadable', reason });
const isId = (id) => typeof id === 'string';
const isCounters = (value) =>
  typeof value === 'object' && value !== null && Object.values(value).every(Number.isSafeInteger);

/**
 * @param {unknown} value
 * @returns {value is Row[]}
 */
export function areRows(value) {
  return Array.isArray(value) && value.every((row) => isId(row?.id));
}
