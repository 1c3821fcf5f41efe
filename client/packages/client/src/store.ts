import type { StoredMutation } from './mutation.js';
import type { Environment, Row } from './types.js';

/** A database that does not open in this time is not used. */
const OPEN_MILLIS_MAX = 5_000;
const VERSION = 1;
const STATE = 'state';
/** Sorts after every id. */
const LAST: [] = [];

/** Stores: `rows` by collection and id, with a place that keeps the order of rows of one time; `outbox` by place; `meta`. */
interface KeptRow {
  place: number;
  row: Row;
}

export interface Meta {
  /** Grows with each write of rows. */
  stamp: number;
  /** The positions of the kept collections. */
  positions: Record<string, number>;
}

export type OrderedMutation = [order: number, mutation: StoredMutation];

export interface Kept extends Meta {
  rows: Map<string, Row[]>;
  outbox: OrderedMutation[];
}

export interface KeptRows {
  collection: string;
  /** Whether these are all rows. */
  all: boolean;
  put: readonly Row[];
  deleted: readonly string[];
}

/** The content that one browser keeps of a room for one user: rows with their positions, and mutations. */
export class RoomStore {
  #places = 0;

  private constructor(
    private readonly database: IDBDatabase,
    private readonly factory: IDBFactory,
    /** Called when the browser takes the database away. */
    onLost: () => void,
  ) {
    database.onversionchange = () => {
      database.close();
      onLost();
    };
    database.onclose = onLost;
  }

  /** Returns undefined where the browser keeps nothing. */
  static async open(environment: Environment, name: string, onLost: () => void): Promise<RoomStore | undefined> {
    const factory = environment.indexedDB;
    if (!factory) return undefined;
    let timer: unknown;
    try {
      const request = factory.open(name, VERSION);
      request.onupgradeneeded = () => {
        request.result.createObjectStore('rows');
        request.result.createObjectStore('outbox', { autoIncrement: true });
        request.result.createObjectStore('meta');
      };
      const opened = result(request);
      const late = new Promise<undefined>((resolve) => {
        timer = environment.setTimeout(() => resolve(undefined), OPEN_MILLIS_MAX);
      });
      const database = await Promise.race([opened, late]);
      if (!database) void opened.then((useless) => useless.close(), () => {});
      return database && new RoomStore(database, factory, onLost);
    } catch {
      return undefined;
    } finally {
      environment.clearTimeout(timer);
    }
  }

  async load(): Promise<Kept> {
    const { rows, outbox, meta } = this.#transaction(['rows', 'outbox', 'meta'], 'readonly').stores;
    const [keys, values, mutations, state] = await Promise.all([
      result(rows.getAllKeys()) as Promise<unknown> as Promise<[string, string][]>,
      result(rows.getAll() as IDBRequest<KeptRow[]>),
      mutationsIn(outbox),
      stateIn(meta),
    ]);
    const byCollection = new Map<string, KeptRow[]>();
    keys.forEach(([collection], at) => {
      const of = byCollection.get(collection) ?? [];
      of.push(values[at]!);
      byCollection.set(collection, of);
      this.#places = Math.max(this.#places, values[at]!.place);
    });
    const sorted = [...byCollection].map(([collection, of]): [string, Row[]] => [
      collection,
      of.sort((one, other) => other.place - one.place).map(({ row }) => row),
    ]);
    return { ...state, rows: new Map(sorted), outbox: mutations };
  }

  /** The stamp and the mutations of now. */
  async current(): Promise<{ stamp: number; outbox: OrderedMutation[] }> {
    const { outbox, meta } = this.#transaction(['outbox', 'meta'], 'readonly').stores;
    const [mutations, { stamp }] = await Promise.all([mutationsIn(outbox), stateIn(meta)]);
    return { stamp, outbox: mutations };
  }

  /** Keeps mutations behind those that are there. Returns their places. */
  async add(mutations: readonly StoredMutation[]): Promise<number[]> {
    const { stores, done } = this.#transaction(['outbox'], 'readwrite', { durability: 'strict' });
    const requests = mutations.map((mutation) => stores.outbox.add(mutation));
    await done;
    return requests.map((request) => request.result as number);
  }

  /** Rows, positions and the end of mutations change in one transaction. */
  async write(meta: Meta, rows: readonly KeptRows[], ended: Iterable<number>, renamed: readonly OrderedMutation[]): Promise<void> {
    const { stores, done } = this.#transaction(['rows', 'outbox', 'meta'], 'readwrite');
    for (const { collection, all, put, deleted } of rows) {
      if (all) stores.rows.delete(IDBKeyRange.bound([collection], [collection, LAST]));
      for (const row of put) stores.rows.put({ place: ++this.#places, row }, [collection, row.id]);
      for (const id of deleted) stores.rows.delete([collection, id]);
    }
    for (const [order, mutation] of renamed) stores.outbox.put(mutation, order);
    for (const order of ended) stores.outbox.delete(order);
    stores.meta.put(meta, STATE);
    await done;
  }

  /** Gives the room of the rows back, for the mutations, and ends some. */
  async dropRows(ended: Iterable<number>): Promise<void> {
    const { stores, done } = this.#transaction(['rows', 'outbox', 'meta'], 'readwrite');
    stores.rows.clear();
    stores.meta.clear();
    for (const order of ended) stores.outbox.delete(order);
    await done;
  }

  close(): void {
    this.database.close();
  }

  /** Deletes everything, also for other tabs. */
  async forget(): Promise<void> {
    this.close();
    await result(this.factory.deleteDatabase(this.database.name)).catch(() => {});
  }

  #transaction<Name extends 'rows' | 'outbox' | 'meta'>(
    names: Name[],
    mode: IDBTransactionMode,
    options?: IDBTransactionOptions,
  ): { stores: Record<Name, IDBObjectStore>; done: Promise<void> } {
    const transaction = this.database.transaction(names, mode, options);
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
    done.catch(() => {}); // callers that wait for it see the failure
    const stores = Object.fromEntries(names.map((name) => [name, transaction.objectStore(name)]));
    return { stores: stores as Record<Name, IDBObjectStore>, done };
  }
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function mutationsIn(outbox: IDBObjectStore): Promise<OrderedMutation[]> {
  const [orders, mutations] = await Promise.all([
    result(outbox.getAllKeys() as IDBRequest<number[]>),
    result(outbox.getAll() as IDBRequest<StoredMutation[]>),
  ]);
  return orders.map((order, at) => [order, mutations[at]!]);
}

async function stateIn(meta: IDBObjectStore): Promise<Meta> {
  return (await result(meta.get(STATE) as IDBRequest<Meta | undefined>)) ?? { stamp: 0, positions: {} };
}

export function isQuota(failure: unknown): boolean {
  return failure instanceof Error && failure.name === 'QuotaExceededError';
}
