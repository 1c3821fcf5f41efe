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
 *   | import('./frames.js').Broadcast} ConnectionEvent
 * @typedef {ReturnType<typeof openConnection>} Connection
 */

/**
 * Subscribes to the room while the page is open, and reconnects after every loss. `connecting` is the state before the
 * first result, `live` begins with the counters, `offline` lasts until the next counters. Listeners that are added in
 * the task that opened the connection miss nothing.
 *
 * @param {import('./application.js').Place} [place]
 */
export function openConnection(place = SHARED_ROOM) {
  const followers = new Set();
  /** @type {ConnectionState} */
  let state = 'connecting';
  let socket = null;
  let failures = 0;
  let liveSince = null;
  let redialTimer;
  let firstFrameTimer;

  const tell = (event) => followers.forEach((follower) => follower(event));

  function become(next) {
    if (next === state) return;
    state = next;
    tell({ kind: 'state', state });
  }

  function dial() {
    clearTimeout(redialTimer);
    const dialled = new WebSocket(socketUrl(place));
    socket = dialled;
    firstFrameTimer = setTimeout(() => lose(dialled), FIRST_FRAME_MILLIS_MAX);
    dialled.addEventListener('message', ({ data }) => socket === dialled && receive(readFrame(data)));
    dialled.addEventListener('close', () => lose(dialled));
  }

  function receive(frame) {
    switch (frame.kind) {
      case 'counters':
        clearTimeout(firstFrameTimer);
        liveSince = performance.now();
        become('live');
        tell(frame);
        return;
      case 'broadcast':
        tell(frame);
        return;
      case 'refusal':
        console.warn(`The server ended the connection: ${frame.message}`);
        lose(socket);
        return;
      case 'unreadable':
        // If it was a broadcast, the next one shows the gap.
        console.warn(`A frame was left out: ${frame.reason}`);
    }
  }

  /** A lost socket is not waited for: its close handshake may never end. */
  function lose(lost) {
    if (socket !== lost) return;
    socket = null;
    clearTimeout(firstFrameTimer);
    lost.close();
    const wasGood = liveSince !== null && performance.now() - liveSince >= GOOD_CONNECTION_MILLIS_MIN;
    liveSince = null;
    failures = wasGood ? 1 : failures + 1;
    become('offline');
    redialTimer = setTimeout(dial, backoffMillis(failures));
  }

  function redialNow() {
    if (socket === null) dial();
  }

  // "offline" is only a hint: a server on this machine stays reachable, so attempts continue.
  addEventListener('offline', () => socket && lose(socket));
  addEventListener('online', redialNow);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && redialNow());

  dial();

  return {
    place,

    /** @returns {ConnectionState} */
    get state() {
      return state;
    },
    /** @param {(event: ConnectionEvent) => void} follower */
    follow(follower) {
      followers.add(follower);
    },
  };
}
