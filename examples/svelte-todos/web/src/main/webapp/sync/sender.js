import { openSession } from './session.js';
import { keepSocket } from './socket.js';

/**
 * @typedef {'connecting' | 'live' | 'offline'} State `live`: every channel was answered on this socket
 * @typedef {{kind: 'applied'} | {kind: 'refused', message: string, issues: import('../page/refusals.js').Issue[]}}
 *   Outcome
 * @typedef {{onState: (state: State) => void, onKept: (channel: string) => void, onRefused: (channel: string,
 *   message: string) => void, onOutcome: (id: string, outcome: Outcome) => void, onUnreached: () => void}} Listeners
 *   `onKept`: the store has changed; `onUnreached`: no socket could be opened
 */

/**
 * Connects a store with the server: the mutations that wait are sent, and what the server sends is kept. One window of a
 * browser does this for all of them.
 *
 * @param {URL} url
 * @param {string[]} channels
 * @param {import('./store.js').Store} store
 * @param {Listeners} listeners
 */
export function startSender(url, channels, store, { onState, onKept, onRefused, onOutcome, onUnreached }) {
  let session = null;

  const socket = keepSocket(url, {
    onOpen() {
      const opened = openSession(channels, store, (text) => session === opened && socket.send(text), {
        onLive() {
          socket.succeeded();
          onState('live');
        },
        onPong: (nonce) => socket.ponged(nonce),
        onFault(error) {
          console.error('What the server sent could not be kept.', error);
          socket.replace();
        },
        onKept,
        onRefused,
        onOutcome,
      });
      session = opened;
    },
    onText: (text) => session.receive(text),
    onLost() {
      const wasOpen = session !== null;
      session?.end();
      session = null;
      onState('offline');
      if (!wasOpen) onUnreached();
    },
  });

  return {
    /** A mutation was added to the store. */
    sendSoon: () => session?.sendSoon(),
  };
}
