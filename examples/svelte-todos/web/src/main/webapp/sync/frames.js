/**
 * Frames of @sveltebase/sync 2.0, as far as the server sends them.
 *
 * @typedef {{kind: 'full', key: string, row: import('./store.js').Row} | {kind: 'delete', key: string}} RowChange
 * @typedef {{kind: 'change', channel: string, change: RowChange, cursor: number}} Changed
 * @typedef {{kind: 'snapshot', requestId: string, channel: string, isFull: boolean, rows: import('./store.js').Row[],
 *   events: RowChange[], cursor: number, view?: string, hasMore: boolean}} Snapshot
 * @typedef {Snapshot | Changed | {kind: 'pong', nonce: string} | {kind: 'ack', id: string, cursor: number}
 *   | {kind: 'refused', id?: string, requestId?: string, message: string} | {kind: 'reset', channel: string}
 *   | {kind: 'unknown'}} Frame
 */

/**
 * @param {string} text
 * @returns {Frame}
 */
export function readFrame(text) {
  const frame = JSON.parse(text);
  if (frame.v !== 1) return { kind: 'unknown' };
  switch (frame.type) {
    case 'snapshot': {
      const { requestId, channel, mode, rows, events = [], cursor, viewVersion: view, hasMore = false } = frame;
      return { kind: 'snapshot', requestId, channel, isFull: mode === 'full', rows, events, cursor, view, hasMore };
    }
    case 'change':
      return { kind: 'change', channel: frame.channel, change: frame.change, cursor: frame.cursor };
    case 'ack':
      return { kind: 'ack', id: frame.id, cursor: frame.cursor };
    case 'reject':
      return { kind: 'refused', id: frame.id, requestId: frame.requestId, message: frame.error.message };
    case 'pong':
      return { kind: 'pong', nonce: frame.nonce };
    case 'channel-change':
    case 'channel-reset':
      return { kind: 'reset', channel: frame.channel };
    default:
      return { kind: 'unknown' };
  }
}

/** Names a request; also a mutation or a row, for ever. */
export const newId = () => crypto.randomUUID();

export const ping = (nonce) => frame({ type: 'ping', nonce });

/** @param {import('./store.js').Position} [position] of a client that has rows; without it, all rows are sent */
export const subscribe = (requestId, channel, position) =>
  frame({ type: 'subscribe', requestId, channel, ...(position && { cursor: position.cursor, viewVersion: position.view }) });

/** @param {import('./store.js').Mutation} mutation */
export const mutate = ({ id, channel, action, key, data }) => frame({ type: 'mutate', id, channel, action, key, data });

const frame = (members) => JSON.stringify({ v: 1, ...members });
