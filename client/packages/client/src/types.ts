/** A row as the server sends it. */
export interface Row {
  readonly id: string;
}

/** The types of one collection: rows as they are read, and the fields that clients may write. */
export interface CollectionTypes {
  row: Row;
  insert: object;
  update: object;
}

/** A schema maps the names of collections to their types. Interfaces satisfy it, too. */
export type SchemaOf<S> = { [Name in keyof S]: CollectionTypes };

/** The schema of a client that was created without one. */
export interface AnySchema {
  [name: string]: {
    row: Row & Record<string, unknown>;
    insert: Record<string, unknown>;
    update: Record<string, unknown>;
  };
}

export type NameOf<S> = Extract<keyof S, string>;

/** One change of one row. */
export type Change =
  | { kind: 'insert'; collection: string; id: string; fields: Readonly<Record<string, unknown>> }
  | { kind: 'update'; collection: string; id: string; fields: Readonly<Record<string, unknown>> }
  | { kind: 'delete'; collection: string; id: string };

/** A change as an application writes it. An insert without `id` gets a random one. */
export type TypedChange<S extends SchemaOf<S>> = {
  [Name in NameOf<S>]:
    | { kind: 'insert'; collection: Name; id?: string; fields: S[Name]['insert'] }
    | { kind: 'update'; collection: Name; id: string; fields: S[Name]['update'] }
    | { kind: 'delete'; collection: Name; id: string };
}[NameOf<S>];

/** A field that the server refused. `path` begins with the item in a request of several changes. */
export interface Issue {
  message: string;
  path: readonly string[];
}

/** The server's final refusal of a mutation. Its changes have been rolled back. */
export interface Refusal {
  mutationId: string;
  /** Stable code of the server, e.g. `VALIDATION_ERROR`, `FORBIDDEN`, `NOT_FOUND`. */
  code: string;
  message: string;
  /** HTTP status. */
  status: number;
  issues: readonly Issue[];
  changes: readonly Change[];
}

/** The result of a mutation. `closed`: this client was closed first; a durable mutation is sent by the next one. */
export type Outcome =
  | { kind: 'confirmed'; seq?: number | undefined }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'closed' };

/** A write. It is shown at once; the promises never reject. */
export interface Write {
  mutationId: string;
  /** Ids of the changed rows, in the order of the changes. */
  rowIds: readonly string[];
  /** Resolves when the server has committed or refused the mutation. */
  accepted: Promise<Outcome>;
  /** Resolves when the committed rows have come back by the socket or in a list, or the mutation was refused. */
  synced: Promise<Outcome>;
}

/** A write of one row. */
export interface RowWrite extends Write {
  rowIds: readonly [string];
}

/** A mutation that the server has not committed or refused. */
export interface PendingMutation {
  mutationId: string;
  changes: readonly Change[];
  /** Milliseconds since 1970 by the clock of the browser that made it. */
  createdAt: number;
  /** `queued`: not sent yet; `sending`: sent, the result is unknown. */
  state: 'queued' | 'sending';
  /** The last retryable failure. */
  failure?: Reason | undefined;
}

/** Why a client is in its state. */
export interface Reason {
  /** Code of the server, or `NETWORK`, `TIMEOUT`, `CLOSED`. */
  code: string;
  message: string;
}

/**
 * `connecting`: before the first result. `live`: changes arrive as they are committed. `offline`: no connection; it is
 * tried again. `refused`: the server refuses the caller; nothing is tried until `reconnect()` or `setToken()`.
 */
export type ConnectionState = 'connecting' | 'live' | 'offline' | 'refused';

export interface Status {
  state: ConnectionState;
  reason?: Reason | undefined;
  /** `durable`: rows and pending mutations survive a reload. `memory`: they live as long as this client. */
  storage: 'opening' | 'durable' | 'memory';
  /** Why nothing is kept. `no-user`: see {@link ClientOptions.user}. */
  storageReason?: undefined | 'unavailable' | 'quota' | 'no-user' | 'off';
}

/**
 * `empty`: nothing is known yet. `stored`: rows of an earlier visit. `listed`: rows of the server, followed live while the
 * status is `live`. `refused`: the server refuses the list, see `problem`.
 */
export type LoadState = 'empty' | 'stored' | 'listed' | 'refused';

/** The change of a collection's shown rows in one step. With `reset`, `rows` are all rows. */
export interface RowChanges<R extends Row> {
  reset: boolean;
  rows: readonly R[];
  deleted: readonly string[];
}

/** The live rows of one collection: confirmed rows with the pending mutations applied. */
export interface Collection<T extends CollectionTypes> {
  readonly name: string;
  /** All shown rows, newest first by `createdAt` where rows have it. The same array until a row changes. */
  readonly rows: readonly T['row'][];
  readonly state: LoadState;
  /** Why the list could not be read. It is tried again, unless the state is `refused`. */
  readonly problem: Reason | undefined;
  /** A row by its id, or by the id that its insert returned. */
  get(id: string): T['row'] | undefined;
  /** Whether a mutation of the row is pending: not committed or refused. */
  isPending(id: string): boolean;
  /** A key that a row keeps for the life of this client, also if the server gave it another id than its insert had. */
  keyOf(id: string): string;
  /** Calls the listener after each step that changed rows or state. The result ends it. */
  subscribe(listener: () => void): () => void;
  /** Calls the listener with the changes of each step, at first with all rows if there are any. */
  onChanges(listener: (changes: RowChanges<T['row']>) => void): () => void;
  insert(fields: T['insert'], options?: { id?: string }): RowWrite;
  /** Changes only fields whose values differ from the shown row. */
  update(id: string, fields: T['update']): RowWrite;
  delete(id: string): RowWrite;
  /** Reads the list again. Resolves when it is shown. */
  refetch(): Promise<void>;
}

/** A room of an application. */
export interface Client<S extends SchemaOf<S> = AnySchema> {
  readonly room: string;
  readonly status: Status;
  /** Position up to which this client has seen the room's log. */
  readonly seq: number;
  /** Follows a collection from now on. The same object for the same name. */
  collection<Name extends NameOf<S>>(name: Name): Collection<S[Name]>;
  /** Several changes that commit together or not at all. */
  mutate(changes: readonly TypedChange<S>[]): Write;
  /** Mutations that are not committed or refused, oldest first, of all tabs. */
  pending(): readonly PendingMutation[];
  onStatus(listener: (status: Status) => void): () => void;
  onPending(listener: () => void): () => void;
  /** Final refusals, also of mutations of an earlier visit. Each refusal is reported in the tabs that are open. */
  onRefused(listener: (refusal: Refusal) => void): () => void;
  /** Messages of the application to the room. */
  onMessage(listener: (payload: unknown) => void): () => void;
  /** Sends what waits without further pause. Resolves when no mutation is pending; rejects when closed. */
  flush(): Promise<void>;
  /** Resolves when everything up to the position is shown; rejects when closed. */
  awaitSeq(seq: number): Promise<void>;
  /** A newer token of the same user. The socket stays open. */
  setToken(token: string): void;
  /** Ends the pause before the next attempt, and the state `refused`. */
  reconnect(): void;
  /** Releases the room. `forget` also deletes what the browser keeps of it, pending mutations included. */
  close(options?: { forget?: boolean }): Promise<void>;
}

type MaybePromise<T> = T | Promise<T>;

export interface ClientOptions {
  /** Address of the application, e.g. `https://example.org/todo-app/`. Relative addresses count from the page. */
  url: string | URL;
  /** Default: `default`, the room of applications without rooms. */
  room?: string;
  /** Bearer token, or a function that returns a current one. It is called again before the token expires, and after a 401. */
  token?: string | (() => MaybePromise<string>);
  /** Returns a ticket for one socket. Default: with a token, the client requests tickets from the server. */
  ticket?: () => MaybePromise<string>;
  /** Sends cookies to another origin, too. */
  cookies?: boolean;
  /**
   * The user whose rows and mutations the browser keeps. Default: the subject of the token; without credentials, a common
   * anonymous user. With cookies or tickets only, nothing is kept unless it is named.
   */
  user?: string;
  /** `memory` keeps nothing in the browser. Default: `durable`, where IndexedDB is available. */
  storage?: 'durable' | 'memory';
  /**
   * Most requests of mutations at a time. Default: 6, which keeps the order of the mutations of each row only. 1 keeps the
   * order of all, e.g. of rows that were inserted without a connection.
   */
  maxInFlight?: number;
  /** Receives messages of the application to the room. Default: false. */
  messages?: boolean;
  /** Replaces parts of the platform, for tests. */
  environment?: Partial<Environment>;
}

/** The platform. Times are milliseconds. */
export interface Environment {
  now(): number;
  setTimeout(callback: () => void, millis: number): unknown;
  clearTimeout(timer: unknown): void;
  random(): number;
  fetch: typeof fetch;
  WebSocket: new (url: string) => WebSocketLike;
  indexedDB: IDBFactory | undefined;
  locks: LockManagerLike | undefined;
  BroadcastChannel: (new (name: string) => BroadcastChannelLike) | undefined;
  /** Reports that the network came or went, and that the page became visible. Returns the end of it. */
  onWake(listener: (event: 'online' | 'offline' | 'visible') => void): () => void;
}

export interface WebSocketLike {
  send(text: string): void;
  close(code?: number, reason?: string): void;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number; reason: string }) => void) | null;
}

export interface BroadcastChannelLike {
  postMessage(message: unknown): void;
  close(): void;
  onmessage: ((event: { data: unknown }) => void) | null;
}

export interface LockManagerLike {
  request(name: string, options: { signal?: AbortSignal }, callback: () => Promise<void>): Promise<unknown>;
}
