import { SHARED_ROOM, socketUrl } from './application.js';
import { backoffMillis } from './backoff.js';
import { readFrame } from './frames.js';

/** Time limit from opening a socket to its first frame. After it the socket is replaced. */
const FIRST_FRAME_MILLIS_MAX = 5_000;

/** After a connection of at least this time, the next pause is the shortest again. */
const GOOD_CONNECTION_MILLIS_MIN = 5_000;

/**
 * @typedef {'connecting' | 'live' | 'offline'} ConnectionState
 * @typedef {{kind: 'state', state: ConnectionState}
 *   | {kind: 'counters', counters: Record<string, number>}
 *   | import('./frames.js').Message
 *   | import('./frames.js').Broadcast} ConnectionEvent
 * @typedef {ReturnType<typeof openConnection>} Connection
 */

/**
 * Subscribes to the room while the page is open, and reconnects after every loss. `connecting` is the state before the
 * first result, `live` begins with the counters, `offline` lasts until the next counters. Listeners that are added in
 * the task that opened the connection miss nothing.
 *
 * @param {import('./application.js').RoomAddress} [address]
 * @param {{messages?: boolean}} [how] whether messages of the application are received
 */
export function openConnection(address = SHARED_ROOM, { messages = false } = {}) {
  const listeners = new Set();
  /** @type {ConnectionState} */
  let state = 'connecting';
  let socket = null;
  let failures = 0;
  let liveSince = null;
  let reconnectTimer;
  let firstFrameTimer;

  const notify = (event) => listeners.forEach((listener) => listener(event));

  function setState(next) {
    if (next === state) return;
    state = next;
    notify({ kind: 'state', state });
  }

  function connect() {
    clearTimeout(reconnectTimer);
    const opened = new WebSocket(socketUrl(address, { messages }));
    socket = opened;
    firstFrameTimer = setTimeout(() => drop(opened), FIRST_FRAME_MILLIS_MAX);
    opened.addEventListener('message', ({ data }) => socket === opened && receive(readFrame(data)));
    opened.addEventListener('close', () => drop(opened));
  }

  function receive(frame) {
    switch (frame.kind) {
      case 'counters':
        clearTimeout(firstFrameTimer);
        liveSince = performance.now();
        setState('live');
        notify(frame);
        return;
      case 'broadcast':
      case 'message':
        notify(frame);
        return;
      case 'refusal':
        console.warn(`The server ended the connection: ${frame.message}`);
        drop(socket);
        return;
      case 'unreadable':
        // If it was a broadcast, the next one shows the gap.
        console.warn(`A frame was left out: ${frame.reason}`);
    }
  }

  /** A lost socket is not waited for: its close handshake may never end. */
  function drop(lost) {
    if (socket !== lost) return;
    socket = null;
    clearTimeout(firstFrameTimer);
    lost.close();
    const wasGood = liveSince !== null && performance.now() - liveSince >= GOOD_CONNECTION_MILLIS_MIN;
    liveSince = null;
    failures = wasGood ? 1 : failures + 1;
    setState('offline');
    reconnectTimer = setTimeout(connect, backoffMillis(failures));
  }

  function reconnectNow() {
    if (socket === null) connect();
  }

  // "offline" is only a hint: a server on this machine stays reachable, so attempts continue.
  addEventListener('offline', () => socket && drop(socket));
  addEventListener('online', reconnectNow);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && reconnectNow());

  connect();

  return {
    address,

    /** @returns {ConnectionState} */
    get state() {
      return state;
    },
    /** @param {(event: ConnectionEvent) => void} listener */
    subscribe(listener) {
      listeners.add(listener);
    },
  };
}
