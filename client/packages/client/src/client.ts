import { newId, platform } from './environment.js';
import { Room } from './room.js';
import type { AnySchema, Change, Client, ClientOptions, Collection, SchemaOf, TypedChange, Write } from './types.js';

interface SharedRoom {
  room: Room;
  options: ClientOptions;
  clients: number;
}

/** The rooms of this page. Clients with the same options share one. */
const rooms: SharedRoom[] = [];

const IDENTITY = ['token', 'ticket', 'cookies', 'user', 'storage', 'messages', 'maxInFlight', 'environment'] as const;

/**
 * Opens a room, or shares the one that is open with the same options. Rows arrive as soon as a collection is followed.
 * The types of `Schema` are those that the server generates from its entities.
 */
export function createClient<Schema extends SchemaOf<Schema> = AnySchema>(options: ClientOptions): Client<Schema> {
  const page = typeof location === 'undefined' ? undefined : location.href;
  const base = new URL(options.url, page);
  if (!base.pathname.endsWith('/')) base.pathname += '/';
  base.search = base.hash = '';
  const name = options.room ?? 'default';
  const known = rooms.find(
    ({ room, options: others }) =>
      room.base.href === base.href && room.name === name && IDENTITY.every((key) => others[key] === options[key]),
  );
  const shared = known ?? { room: new Room(platform(options.environment), base, name, options), options, clients: 0 };
  if (!known) rooms.push(shared);
  shared.clients += 1;
  return clientOf<Schema>(shared);
}

function clientOf<Schema extends SchemaOf<Schema>>(shared: SharedRoom): Client<Schema> {
  const { room } = shared;
  const { state } = room;
  let isClosed = false;

  /** Resolves when the condition holds after a step. */
  const until = (condition: () => boolean) =>
    new Promise<void>((resolve, reject) => {
      const check = () => {
        const ended = isClosed || room.isClosed;
        if (!ended && !condition()) return;
        stop();
        if (ended) reject(new Error('The client is closed.'));
        else resolve();
      };
      const stop = state.onStep.add(check);
      check();
    });

  return {
    room: room.name,
    get status() {
      return state.status;
    },
    get seq() {
      return state.seq;
    },
    collection: (name) => room.follow(name) as unknown as Collection<any>,
    mutate: (changes: readonly TypedChange<Schema>[]): Write => room.mutate(changes.map(withId)),
    pending: () =>
      state.outbox.all.flatMap(({ id, stored, state: progress, failure }) =>
        progress === 'accepted'
          ? []
          : [{ mutationId: id, changes: stored.changes, createdAt: stored.createdAt, state: progress, failure }],
      ),
    onStatus: (listener) => state.onStatus.add(listener),
    onPending: (listener) => state.onPending.add(listener),
    onRefused: (listener) => state.onRefused.add(listener),
    onMessage: (listener) => state.onMessage.add(listener),
    flush: () => {
      room.flush();
      return until(() => state.outbox.all.every((entry) => entry.state === 'accepted'));
    },
    awaitSeq: (seq) => until(() => state.seq >= seq),
    setToken: (token) => room.setToken(token),
    reconnect: () => room.reconnect(),
    close: async ({ forget = false } = {}) => {
      if (isClosed) return;
      isClosed = true;
      state.onStep.tell();
      shared.clients -= 1;
      if (shared.clients > 0 && !forget) return;
      if (rooms.includes(shared)) rooms.splice(rooms.indexOf(shared), 1);
      await room.close(forget);
    },
  };
}

function withId(change: { kind: string; collection: string; id?: string; fields?: object }): Change {
  return { ...change, id: change.id ?? newId() } as Change;
}
