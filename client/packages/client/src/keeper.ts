import type { PendingEntry } from './mutation.js';
import type { Replica } from './replica.js';
import { isQuota, type Kept, type KeptRows, type OrderedMutation, type RoomStore } from './store.js';
import type { Environment } from './types.js';

/** Changes of this time are kept together. */
const GATHER_MILLIS = 50;

/** A mutation that is settled, and the position of its commit. */
export type EndedMutation = [mutationId: string, seq: number | undefined];

export interface KeeperHost {
  replicas(): Iterable<Replica>;
  onKept(entry: PendingEntry, order: number): void;
  /** The browser did not keep the mutation. */
  onNotKept(entry: PendingEntry): void;
  /** Storage no longer has these mutations. */
  onEnded(mutations: readonly EndedMutation[]): void;
  onStorage(reason: 'quota' | 'unavailable'): void;
}

/** Keeps mutations of this tab, and, while it leads, rows and the end of mutations. */
export class Keeper {
  #waiting: PendingEntry[] = [];
  #adding: Promise<void> | undefined;
  readonly #ended = new Map<number, EndedMutation>();
  readonly #renamed = new Map<number, PendingEntry>();
  #positions: Record<string, number>;
  #stamp: number;
  #isLeading = false;
  #keepsRows = true;
  #timer: unknown;
  #writing: Promise<void> | undefined;

  constructor(
    private readonly environment: Environment,
    private readonly store: RoomStore,
    loaded: Kept,
    private readonly host: KeeperHost,
  ) {
    this.#stamp = loaded.stamp;
    this.#positions = { ...loaded.positions };
  }

  /** This tab leads. Returns the kept mutations. */
  async lead(): Promise<OrderedMutation[]> {
    const { stamp, outbox } = await this.store.current();
    if (stamp !== this.#stamp) {
      // Another tab has kept rows since this one loaded them.
      this.#positions = {};
      for (const replica of this.host.replicas()) replica.unkept = 'all';
    }
    this.#stamp = stamp;
    this.#isLeading = true;
    this.schedule();
    return outbox;
  }

  /** Keeps a mutation, as soon as those before it are kept. */
  add(entry: PendingEntry): void {
    this.#waiting.push(entry);
    this.#adding ??= this.#addAll();
  }

  end(entry: PendingEntry): void {
    if (entry.order === undefined) return;
    this.#ended.set(entry.order, [entry.id, entry.acceptance?.seq]);
    this.#renamed.delete(entry.order);
    this.schedule();
  }

  rename(entry: PendingEntry): void {
    if (entry.order !== undefined) this.#renamed.set(entry.order, entry);
    this.schedule();
  }

  /** Rows have changed. */
  schedule(): void {
    if (this.#isLeading) this.#timer ??= this.#wait(true);
  }

  /** A late timer means that the page has had long work, such as a new list: its frame is painted before rows are kept. */
  #wait(again: boolean): unknown {
    const { environment } = this;
    const begun = environment.now();
    return environment.setTimeout(() => {
      if (again && environment.now() - begun > 2 * GATHER_MILLIS) this.#timer = this.#wait(false);
      else void this.flush();
    }, GATHER_MILLIS);
  }

  /** Keeps everything up to now. */
  async flush(): Promise<void> {
    this.environment.clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#adding;
    while (this.#writing) await this.#writing;
    if (!this.#isLeading) return;
    this.#writing = this.#write().finally(() => (this.#writing = undefined));
    await this.#writing;
  }

  async close(forget: boolean): Promise<void> {
    if (!forget) await this.flush();
    this.environment.clearTimeout(this.#timer);
    if (forget) await this.store.forget();
    else this.store.close();
  }

  async #addAll(): Promise<void> {
    await Promise.resolve(); // mutations of one task are kept in one transaction
    while (this.#waiting.length > 0) {
      const entries = this.#waiting;
      this.#waiting = [];
      try {
        const orders = await this.store.add(entries.map(({ stored }) => stored));
        entries.forEach((entry, at) => this.host.onKept(entry, orders[at]!));
      } catch (failure) {
        entries.forEach((entry) => this.host.onNotKept(entry));
        this.host.onStorage(isQuota(failure) ? 'quota' : 'unavailable');
      }
    }
    this.#adding = undefined;
  }

  async #write(): Promise<void> {
    const ended = [...this.#ended.keys()];
    const endedMutations = [...this.#ended.values()];
    const renamed = [...this.#renamed].map(([order, entry]): OrderedMutation => [order, entry.stored]);
    this.#ended.clear();
    this.#renamed.clear();
    const rows = this.#keepsRows ? this.#unkeptRows() : [];
    const meta = { stamp: ++this.#stamp, positions: this.#keepsRows ? this.#positions : {} };
    try {
      await this.store.write(meta, rows, ended, renamed);
    } catch (failure) {
      this.#keepsRows = false;
      this.host.onStorage(isQuota(failure) ? 'quota' : 'unavailable');
      // Rows of an earlier position must not outlive mutations that have ended since.
      await this.store.dropRows(ended).catch(() => {});
    }
    if (endedMutations.length > 0) this.host.onEnded(endedMutations);
  }

  #unkeptRows(): KeptRows[] {
    const kept: KeptRows[] = [];
    for (const replica of this.host.replicas()) {
      const { name, confirmed, unkept, position } = replica;
      if (position !== undefined) this.#positions[name] = position;
      else if (unkept === 'all') delete this.#positions[name];
      else continue; // what was kept earlier fits the position that is kept with it
      replica.unkept = new Set();
      const all = unkept === 'all';
      const ids = all ? confirmed.keys() : unkept;
      const put = [];
      const deleted = [];
      for (const id of ids) {
        const row = confirmed.get(id);
        if (row) put.push(row);
        else deleted.push(id);
      }
      kept.push({ collection: name, all, put, deleted });
    }
    return kept;
  }
}
