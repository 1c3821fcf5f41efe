import { createChannel } from './channel.js';
import { startSender } from './sender.js';
import { openStore } from './store.js';

/**
 * The channels of a user, kept on this device. All windows of the browser share the store and one socket: the window
 * that holds the lock has it, and the next takes over when it closes.
 *
 * @param {{url: URL, user: string, channels: string[], onRefused: (outcome: import('./sender.js').Outcome) => void,
 *   onUnreached: () => void}} how `onRefused`: a mutation of a window that is closed was refused; `onUnreached`: no
 *   socket could be opened
 */
export async function openClient({ url, user, channels: names, onRefused, onUnreached }) {
  const name = `svelte-todos of ${user}`;
  const store = await openStore(name);
  const windows = new BroadcastChannel(name);
  const listeners = new Set();
  const channels = new Map(names.map((each) => [each, createChannel(each, store, add)]));
  /** @type {Map<string, (outcome: import('./sender.js').Outcome) => void>} of the mutations that this window made */
  const outcomes = new Map();
  let ofClosedWindows = new Set();
  let sender = null;
  let state = 'connecting';

  function setState(next) {
    if (next === state) return;
    state = next;
    listeners.forEach((listener) => listener({ kind: 'state', state }));
  }

  function hear(message) {
    switch (message.kind) {
      case 'kept':
        return channels.get(message.channel)?.refresh();
      case 'added':
        channels.get(message.channel)?.refresh();
        return sender?.sendSoon();
      case 'refused':
        return channels.get(message.channel)?.refuse(message.words);
      case 'outcome':
        outcomes.get(message.id)?.(message.outcome);
        return outcomes.delete(message.id);
      case 'state':
        return setState(message.state);
      case 'opened':
        if (sender !== null) windows.postMessage({ kind: 'state', state });
    }
  }

  /** Tells all windows of the browser, this one included. */
  function tell(message) {
    windows.postMessage(message);
    hear(message);
  }

  async function add(change) {
    const outcome = new Promise((resolve) => outcomes.set(change.id, resolve));
    await store.add(change);
    tell({ kind: 'added', channel: change.channel });
    return outcome;
  }

  async function lead() {
    ofClosedWindows = new Set((await store.waiting()).map(({ id }) => id).filter((id) => !outcomes.has(id)));
    tell({ kind: 'state', state: 'connecting' });
    sender = startSender(url, names, store, {
      onState: (next) => tell({ kind: 'state', state: next }),
      onKept: (channel) => tell({ kind: 'kept', channel }),
      onRefused: (channel, words) => tell({ kind: 'refused', channel, words }),
      onOutcome(id, outcome) {
        if (ofClosedWindows.delete(id) && outcome.kind === 'refused') onRefused(outcome);
        tell({ kind: 'outcome', id, outcome });
      },
      onUnreached,
    });
    await new Promise(() => {}); // the lock is held until the window closes
  }

  windows.addEventListener('message', ({ data }) => hear(data));
  windows.postMessage({ kind: 'opened' });
  void navigator.locks.request(name, lead);

  return {
    /** @returns {import('./sender.js').State} */
    get state() {
      return state;
    },

    /** @param {(event: {kind: 'state', state: import('./sender.js').State}) => void} listener */
    subscribe(listener) {
      listeners.add(listener);
    },

    /** @returns {ReturnType<typeof createChannel>} */
    channel: (each) => channels.get(each),
  };
}
