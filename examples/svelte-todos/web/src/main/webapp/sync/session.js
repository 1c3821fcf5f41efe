import { mutate, newId, readFrame, subscribe } from './frames.js';

/** Number of mutations that are sent before their answers: the server closes a socket with too many. */
const UNANSWERED_MAX = 256;

/**
 * The work of one socket: it subscribes to the channels, then sends the mutations that wait. The store keeps the frames
 * of the server in their order.
 *
 * @param {string[]} channels
 * @param {import('./store.js').Store} store
 * @param {(text: string) => void} send
 * @param {import('./sender.js').Listeners} listeners
 */
export function openSession(channels, store, send, { onLive, onPong, onKept, onRefused, onOutcome, onFault }) {
  /** @type {Map<string, string>} the channels that were not answered yet, by the ids of their requests */
  const requests = new Map();
  const unanswered = new Set();
  const sent = new Set();
  let received = [];
  let ended = false;
  let working = Promise.resolve();
  inTurn(() => Promise.all(channels.map((channel) => ask(channel))));

  /** Work is done one after another, and not at all once the session has ended. */
  function inTurn(work) {
    working = working.then(async () => {
      try {
        if (!ended) await work();
      } catch (error) {
        if (!ended) onFault(error);
      }
    });
  }

  async function ask(channel, how) {
    const position = how === 'anew' ? undefined : await store.position(channel);
    const requestId = newId();
    requests.set(requestId, channel);
    send(subscribe(requestId, channel, position));
  }

  async function handleReceived() {
    const frames = received.map(readFrame);
    received = [];
    while (frames.length > 0 && !ended) {
      const changes = changesAtFront(frames);
      if (changes.length > 0) await keepChanges(frames.splice(0, changes.length));
      else await handle(frames.shift());
    }
  }

  async function keepChanges(changes) {
    const [{ channel }] = changes;
    await store.addChanges(channel, changes);
    onKept(channel);
  }

  async function handle(frame) {
    switch (frame.kind) {
      case 'snapshot':
        return handlePage(frame);
      case 'ack':
        await store.confirm(frame.id, frame.cursor);
        return conclude(frame.id, { kind: 'applied' });
      case 'refused':
        return handleRefusal(frame);
      case 'reset':
        return ask(frame.channel, 'anew');
      case 'pong':
        onPong(frame.nonce);
    }
  }

  async function handlePage(page) {
    const { requestId, channel, cursor, view, hasMore } = page;
    if (!requests.has(requestId)) return;
    if (!(await store.addPage(page))) {
      requests.delete(requestId);
      await ask(channel, 'anew');
      return;
    }
    onKept(channel);
    if (hasMore) send(subscribe(requestId, channel, { cursor, view }));
    else await answered(requestId);
  }

  async function handleRefusal({ id, requestId, message }) {
    if (id !== undefined) {
      const mutation = await store.drop(id);
      if (mutation) onKept(mutation.channel);
      await conclude(id, { kind: 'refused', message, issues: issuesIn(message) });
    } else if (requests.has(requestId)) {
      onRefused(requests.get(requestId), message);
      await answered(requestId);
    }
  }

  async function conclude(id, outcome) {
    onOutcome(id, outcome);
    if (unanswered.size === UNANSWERED_MAX) {
      unanswered.delete(id);
      await sendWaiting();
    } else {
      unanswered.delete(id);
    }
  }

  /** Mutations are sent when all channels were answered, so that their effects arrive on this socket. */
  async function answered(requestId) {
    requests.delete(requestId);
    if (requests.size > 0 || ended) return;
    onLive();
    await sendWaiting();
  }

  async function sendWaiting() {
    if (requests.size > 0) return;
    for (const mutation of await store.waiting()) {
      if (sent.has(mutation.id)) continue;
      if (unanswered.size === UNANSWERED_MAX) return;
      send(mutate(mutation));
      sent.add(mutation.id);
      unanswered.add(mutation.id);
    }
  }

  return {
    /** @param {string} text of a frame */
    receive(text) {
      received.push(text);
      if (received.length === 1) inTurn(handleReceived);
    },

    /** A mutation was added to the store. */
    sendSoon: () => inTurn(sendWaiting),

    end() {
      ended = true;
    },
  };
}

/** @returns {import('./frames.js').Changed[]} the changes of one channel that come first, without others between them */
function changesAtFront(frames) {
  const end = frames.findIndex(({ kind, channel }) => kind !== 'change' || channel !== frames[0].channel);
  return end === -1 ? frames : frames.slice(0, end);
}

/** @returns {import('../page/refusals.js').Issue[]} the field that a refusal names, as in `title: must not be blank` */
function issuesIn(message) {
  const [, path, words] = /^([A-Za-z]+): (.+)$/s.exec(message) ?? [];
  return path === undefined ? [] : [{ path, message: words }];
}
