import { makePersistedAdapter } from '@livestore/adapter-web';
import { createStorePromise, makeShutdownDeferred, queryDb, StoreInternalsSymbol } from '@livestore/livestore';
import { Deferred, Effect, Exit, Schedule, Stream } from 'effect';
import { events, schema, tables } from './schema.js';

/** Pause before a state is observed anew: its source ends when another window becomes the one that syncs. */
const OBSERVE_AGAIN = Schedule.spaced('500 millis');

const NEWEST_FIRST = queryDb(tables.notes.orderBy([{ col: 'createdAt', direction: 'desc' }, { col: 'id', direction: 'desc' }]));

/**
 * Where this browser remembers that a store was reset on the server. The client then drops its copy, but leaves an empty
 * database that it cannot open again.
 */
const resetMark = (name) => `livestore-notes.reset.${name}`;

/** @param {boolean} resetPersistence whether what this browser has of the store is removed first */
const makeAdapter = (resetPersistence) =>
  makePersistedAdapter({
    storage: { type: 'opfs' },
    worker: ({ name }) => new Worker(new URL('store-worker.js', import.meta.url), { type: 'module', name }),
    sharedWorker: ({ name }) => new SharedWorker(new URL('shared-worker.js', import.meta.url), { type: 'module', name }),
    resetPersistence,
  });

/**
 * Opens a store with the published client, unmodified. Its notes are in this browser, whether or not the server can be
 * reached.
 *
 * @param {string} name
 * @param {string | null} token for the server; null for none
 * @param {(reset: boolean) => void} onEnd when the store has closed itself; `reset`: its data on the server is not that
 *   of before
 */
export async function openStore(name, token, onEnd) {
  const shutdownDeferred = Effect.runSync(makeShutdownDeferred);
  let open = true;
  Effect.runCallback(Deferred.await(shutdownDeferred), {
    onExit(exit) {
      open = false;
      const reset = Exit.isSuccess(exit) && exit.value.reason === 'backend-id-mismatch';
      if (reset) localStorage.setItem(resetMark(name), 'true');
      onEnd(reset);
    },
  });

  const wasReset = localStorage.getItem(resetMark(name)) !== null;
  const store = await createStorePromise({
    schema,
    adapter: makeAdapter(wasReset),
    storeId: name,
    syncPayload: token === null ? undefined : { authToken: token },
    shutdownDeferred,
    disableDevtools: true,
  });
  localStorage.removeItem(resetMark(name));
  // The client's public interface counts the events between window and worker only, not those between worker and server.
  const { syncProcessor, clientSession } = store[StoreInternalsSymbol];

  /** @returns {boolean} whether the store is open, and has the event now */
  function commit(event) {
    if (open) store.commit(event);
    return open;
  }

  return {
    /** Whether the notes survive this window. */
    kept: store.storageMode === 'persisted',

    add: (text) => commit(events.noteAdded({ id: crypto.randomUUID(), text, createdAt: new Date() })),
    changeText: (id, text) => commit(events.noteTextChanged({ id, text })),
    setDone: (id, done) => commit(done ? events.noteCompleted({ id }) : events.noteReopened({ id })),
    remove: (id) => commit(events.noteDeleted({ id })),

    /** @param {(notes: {id: string, text: string, done: boolean, createdAt: Date}[]) => void} show */
    watchNotes: (show) => void store.subscribe(NEWEST_FIRST, show),

    /** @param {(events: {name: string, args: {id: string}}[]) => void} show gets the events that the server has not confirmed */
    watchPending(show) {
      const pendingIn = { window: [], worker: [] };
      const watch = (where, state) =>
        observe(state, ({ pending }) => {
          pendingIn[where] = pending;
          const byNumber = new Map([...pendingIn.worker, ...pendingIn.window].map((event) => [event.seqNum.global, event]));
          show([...byNumber.values()]);
        });
      watch('window', syncProcessor.syncState);
      watch('worker', clientSession.leaderThread.syncState);
    },

    /** @param {(connected: boolean) => void} show gets what the client says, which notices a lost network late */
    watchConnected: (show) => observe(store.networkStatus, ({ isConnected }) => show(isConnected)),
  };
}

function observe(subscribable, show) {
  const values = Stream.concat(Stream.fromEffect(subscribable.get), subscribable.changes);
  values.pipe(
    Stream.runForEach((value) => Effect.sync(() => show(value))),
    Effect.catchAllCause(() => Effect.void),
    Effect.repeat(OBSERVE_AGAIN),
    Effect.runFork,
  );
}
